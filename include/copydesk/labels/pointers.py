"""Lines among an article's paragraphs that lead elsewhere or stand for what is not there: `Read more: …`, `continues below the advertisement`.

They read like sub-headings, and the networks know their wording in few languages. Only such a line that is in doubt is cut for it: with a
sentence of its own behind the colon it may be text.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from copydesk.fields.asking import which_match
from copydesk.labels.arrays import Floats
from copydesk.labels.bars import Bars

SURE = np.float32(0.9)  # how likely such a line must be to be the article's own
LEADS = (
    "(?:also )?read (?:more|also|next|on|this)|also read|see also|must[- ]read|related(?: (?:stor(?:y|ies)|articles?|news|reading))?",
    "lesen sie (?:auch|mehr|dazu|hierzu|weiter)|lies auch|mehr dazu|mehr zum thema|siehe auch|auch interessant",
    "(?:à )?lire (?:aussi|également|plus)|à lire|voir aussi|à voir aussi",
    "lee(?:r|a)? (?:también|además|más)|vea también|(?:también )?te puede interesar",
    "leia (?:também|mais|ainda)|veja (?:também|mais)|saiba mais",
    "leggi (?:anche|pure)|(?:vedi|guarda) anche|per approfondire",
    "lees (?:ook|meer|verder)|bekijk ook",
    "läs (?:också|även|mer)|les (?:også|mer)|læs (?:også|mere)|se også|lue (?:myös|lisää)",
    "(?:czytaj|zobacz|przeczytaj) (?:też|także|również|więcej)|čtěte (?:také|též|více)|čítajte (?:aj|tiež)|pročitajte i|citește și|citiți și",
    "(?:читайте|смотрите) (?:также|ещё|еще|по теме)|читайте також|дивіться також|прочетете още",
    "(?:διαβάστε|δείτε) (?:επίσης|ακόμη|ακόμα|σχετικά)",
    "ayrıca (?:okuyun|bakınız)|bunu da okuyun|ilgili haber|baca juga|xem thêm|đọc thêm",
    "[اإ]قر[أا] (?:أيض[اً]+|المزيد)|شاهد أيض[اً]+|بیشتر بخوانید|קראו (?:גם|עוד)|ראו גם",
    "(?:यह|ये|इसे) भी (?:पढ़ें|पढ़े|पढ़ें|देखें)|আরও পড়ুন",
    "延伸阅读|相关(?:阅读|报道|新闻)|阅读更多|延伸閱讀|相關(?:閱讀|報導|新聞)|関連記事|あわせて読みたい|관련 ?기사|함께 읽기",
)
BREAKS = (
    "(?:article|story) continues (?:below|after)(?: (?:this |the )?(?:ad|advertisement|advertising|video))?",
    "la suite après (?:cette|la) publicité|continu(?:a|ar) (?:después de la publicidad|depois da publicidade)|continúa después de la publicidad",
    "continua (?:a leggere )?dopo la pubblicità|(?:der )?artikel (?:wird|geht) nach der (?:werbung|anzeige) (?:fortgesetzt|weiter)",
    "weiter nach der (?:werbung|anzeige)|(?:het )?artikel gaat verder onder de advertentie|artikkelen fortsetter under annonsen",
)
# Classes such as `\W` mean other characters to Arrow than to Python, so that each sign is named.
SPACE, SIGNS = "[ \t\u00a0\u202f]*", "[ \t\u00a0\u202f>*•·▪►→➤➡|«„“\"'‘(\\[–—-]*"
POINTER = f"(?i)^{SIGNS}(?:(?:{'|'.join(LEADS)}){SPACE}[:：|»›]|(?:{'|'.join(BREAKS)})[ .…:)\\]»–—-]*$)"


def doubting(bars: Bars, likely: Floats, texts: pa.ChunkedArray) -> Bars:
    """Higher bars for lines that lead elsewhere; only what would be kept and is in doubt is looked at."""
    doubtful = np.flatnonzero((likely > bars.own) & (likely <= SURE))
    raised = doubtful[which_match(texts.take(pa.array(doubtful)).combine_chunks(), POINTER)]
    if not len(raised):
        return bars
    own, usual = (bar.copy() for bar in bars)
    own[raised] = usual[raised] = SURE
    return Bars(own, usual)
