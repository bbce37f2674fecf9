"""Bylines → people and agencies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.fields.matching import FEW, Flags
from copydesk.fields.people.agencies import agency, agency_behind, agency_in_brackets

# What opens a byline, and what may stand before that: `Text: Ann Lee`, `Story by Ann Lee`.
OPENERS = (
    "by von par por di door av af od przez автор авторы текст text texte texto tekst autor autorin autoren autores autora autore autori "
    "auteur auteure auteurs auteures author authors συντάκτης reporter reporters quelle source fuente źródło источник 作者 记者 記者 文 责编 责任编辑 "
    "著者 執筆 撰文 بقلم نویسنده מאת โดย ผู้เขียน लेखक द्वारा লেখক 작성자 글 yazan yazar muhabir penulis bởi szerző írta kirjoittaja teksti "
    "autorka napsal napsala autors autorius piše пише автори написал написала подготовил подготовила підготував підготувала"
)
# The same before a colon; without one they say what they mean: `كتب الرئيس`, the president wrote.
INTRODUCING = "كتب كتبت إعداد تقرير خبرنگار रिपोर्ट संवाददाता haber röportaj เรื่อง 取材 取材・文 文・写真"
BEFORE = (
    "words text texte texto tekst story reporting report written reviewed posted published analysis opinion exclusive interview "
    "kommentar kolumne beitrag gastbeitrag analyse essay artikel skrevet skriven skrivet escrito écrit ditulis"
)
INVITING = "view read see all more posts articles stories"
# Before a capital that touches it, `By` is meant for those who listen: `ByAnn Lee`.
OPENING = re.compile(
    rf"^\W*(?:ein(?:e)?\s+)?(?:(?:{BEFORE.replace(' ', '|')}|(?:view |read |see )?(?:all |more )?(?:posts|articles|stories))\s+)?"
    rf"(?:(?:{OPENERS.replace(' ', '|')}|author of the article|γράφει [οη]|tác giả|oleh(?=:|\s+\S+\s+\S)|nga(?=:)|(?:scris|publicat|redactat) de|scritto da|本[报報社](?:记者|記者))"
    rf"(?:\s*[:：/／|｜・]\s*|\s+)|(?:本[报報社])?(?:记者|記者)(?=[\u3400-\u9fff]{{2,4}}(?:$|[／/、,，\s]))|(?:{INTRODUCING.replace(' ', '|')})\s*[:：]\s*|(?-i:(?:By|Von|Par|Por)(?=[A-ZÀ-Þ])))",
    re.IGNORECASE,
)
OPENINGS = tuple(
    sorted(
        {
            *OPENERS.split(),
            *INTRODUCING.split(),
            *BEFORE.split(),
            *INVITING.split(),
            *"ein γράφει tác oleh nga scris publicat redactat scritto 本".split(),
        }
    )
)  # what OPENING matches begins with one
BEGINNINGS = frozenset(opening[:2] for opening in OPENINGS)
SIGNS = " \t*•|>–—-\"'“„«("
ALONE = re.compile(r"(?:by|von|par|por|autor|author|autora|auteur)\s*[:—–-]*", re.IGNORECASE)
EDITED = re.compile(r"\s*(?:editing|edited|compiled|produced|photograph(?:s|y))\b", re.IGNORECASE)
AND = r"(?-i:and|und|et|y|e|i|ja|og|och|en|и|і|та|και|with|mit|avec|And|Und|AND|UND)|&"
SPLIT = re.compile(rf"\s*(?:[,;|/•·\n、／，]|\s[-–—]+\s|\s(?:{AND})\s)\s*", re.IGNORECASE)
PARTS = re.compile(r"\s*[|•·,;]\s*|\s[-–—/]\s|(?<=[a-zà-ÿ])(?=(?:Published|Updated|Posted)\b)")
# The same within a line; a `von` behind a capital is part of a name.
SIGNED = re.compile(
    r"(?<!\S)(?:[Bb]y|BY|[Pp]ar|[Pp]or|(?<=[a-zà-ÿ] )von|بقلم|نویسنده|מאת|โดย|ผู้เขียน|लेखक|[Yy]azan|[Mm]uhabir|著者"
    rf"|(?:{INTRODUCING.replace(' ', '|')}|Haber|Röportaj)(?= ?:))(?: ?: ?| )(?=[^\W\d_a-zà-ÿ])"
)
VON_IN_NAME = re.compile(r"(?<!\S)[^\W\d_a-zà-ÿ]\S* $")
ADDRESS = re.compile(r"\S*(?:@|https?://|www\.)\S*")
GAP = re.compile(r"[^\S\n]{2,}")
WRAPPED = re.compile(r"^\s*[(（\[【](.*)[)）\]】]\s*$")
BRACKETS = re.compile(r"\([^)]*\)")
# Of a date behind the name: from its weekday, month or first figure on.
WHEN = re.compile(
    r"(?:^|\s+|(?<=(?-i:[a-zß-ÿ]))(?=(?-i:[A-Z])|\d))(?:(?:on|am|le|el)\s+)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
    r"(?:(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\.?\s+)?\d.*|\s+(?:on|for|in|at|from|special to|aus|für)(?:\s.*)?$",
    re.IGNORECASE,
)
# A name is two to five words that begin with a capital, but for the small words inside some.
PARTICLES = r"d['’]\w+|d[aeiu]|das|del?|della|der|van|von|vom|zu[mr]?|den|ten?|ter|la|le|los|bin|ben|al|el|dos|ibn|e|y|af|av"
# Vowels of Indic and Thai letters are no word characters.
NAME_WORD = rf"(?:[^\W\d_a-zß-öø-ÿа-яёα-ωά-ώ][\w\u0900-\u0dff\u0e00-\u0e7f.'’‘-]*|(?:{PARTICLES})(?![^\s]))"
NAME = re.compile(rf"(?!(?:The|Der|Die|Das)\s){NAME_WORD}(?:\s+{NAME_WORD}){{1,4}}")
ENDS_SMALL = re.compile(rf"\s(?:{PARTICLES})$")  # `Kolumne von`: the name itself is missing
# Names that have no space in them, and what marks their bearers; organisations end otherwise.
SPACELESS_NAME = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,5}|[\uac00-\ud7af]{2,4}")
SPACELESS_DESK = re.compile(
    r"(?:報導|報道|报道|電|电|訊|讯|攝|摄|新聞|新闻|通信|通讯|時報|时报|日報|日报|晚报|网|網|社|報|报|編集部|编辑|部|局|뉴스|일보|신문|팀|부|국)$"
)
CALLED = re.compile(r"\s*(?:기자|특파원|記者|记者)$")
TITLES = re.compile(r"^(?:mr|mrs|ms|dr|prof|sir|dame|lord|rev)\.?\s+", re.IGNORECASE)
DEGREE = re.compile(r",?\s+(?:Ph\.?D|M\.?D|M\.?[AS]|MBA|MPH|RDN?|RN|LL\.?M|Esq)\.?(?=\s|$)")
ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|journalist|columnist|contributor|producer|photographer|officer|chief|director"
    r"|professor|staff|desk|team|crew|admin|editors|editorial|redaktion|redakteurin?|redakcj[ai]|redazione|redactie|redaksjonen"
    r"|korrespondentin?|rédaction|journaliste|redacción|redação|redakcja|редакция|bureau|news|nachrichten|media|online|agency"
    r"|agencies|agenturen|agencias|newsroom|service|press|presse|published|updated|times|herald|tribune|guardian|gazette"
    r"|telegraph|zeitung|magazine|today|university|institute|foundation|images|getty|photo|photography|foto|image"
    r"|topic)\b|[-.](?:de|com|net|org|at|ch|fr|es|it|pl|ru|tv)\b",
    re.IGNORECASE,
)
SMALL_ROLE = re.compile(ROLE.pattern)  # for text in lower case, in which it is found in a third of the time
# No part of a name: words of sentences, and of what pages invite to.
COMMON = frozenset(
    "the this that in of for to with without from at on your our my their its his her how what why when where who is are was were "
    "be not no we it all more most full bio biography share view watch listen follow sign log print copy "
    "click comments comment subscribe newsletter article articles story stories latest breaking top video videos photos "
    "gallery recent popular related menu search jump about contact terms privacy advertisement updates facebook twitter "
    "whatsapp linkedin pinterest telegram tweet partilhar compartilhar condividi udostępnij email e-mail social sharing takeaways points events manage account caption show next "
    "other explore topics guide guides feedback edition series tickets ad ads league local commentary executive senior content managing deputy "
    "contributing assistant associate guest buying options location details journal reference beginning partner "
    "im am zum zur und oder mit für auf bei aus nach mehr alle neue artikel teilen drucken lesen anmelden kommentare "
    "dans sur avec pour plus les lire partager article voir con para sobre más compartir leer noticias".split()
)
MAX_NAME_CHARS = 60
MAX_LINE_CHARS = 300  # a longer line is no byline
ABBREVIATED = re.compile(r"(?:^|[\s.])\w\.$")


class Byline(NamedTuple):
    """Who signed: people in order, and the agency if one is named."""

    authors: tuple[str, ...]
    agency: str | None


@lru_cache(maxsize=4096)
def parse_byline(text: str) -> Byline:
    """People and agency of one byline, such as `By Ann Lee and Bo Ek, Reuters`."""
    text = GAP.sub(" ", without_addresses(text[:MAX_LINE_CHARS]))
    found_agency = agency_in_brackets(text)
    text = WRAPPED.sub(r"\1", text)
    authors: dict[str, None] = {}
    for part in SPLIT.split(BRACKETS.sub(" ", text)):
        if authors and EDITED.match(part):
            break  # those named behind it only edited
        name, behind = agency_behind(bare(part))
        found_agency = found_agency or behind
        if is_person(name) and not (authors and name.isupper() and not any(map(str.isupper, authors))):
            authors[name] = None  # beside people, capitals are a station: `Ann Lee, NDR NORD`
    return Byline(tuple(authors), found_agency)


def without_addresses(text: str) -> str:
    """The text without e-mail and web addresses; few lines have any, and the expression goes through each word again and again."""
    return ADDRESS.sub(" ", text) if "@" in text or "://" in text or "www." in text else text


def bare(part: str) -> str:
    """The name alone, without what opens a byline and without a date behind it."""
    part = without_addresses(part)
    opening = OPENING.match(part) or _signing(part)
    name = DEGREE.sub("", WHEN.sub("", part[opening.end() :] if opening else part))
    name = CALLED.sub("", TITLES.sub("", " ".join(name.split()).strip(" ,:;-–—*'’\"")))
    return name if ABBREVIATED.search(name) else name.rstrip(" .")


def _signing(line: str) -> re.Match[str] | None:
    """Where, within a line, it begins to say who signed."""
    found = SIGNED.search(line)
    in_name = found and found[0].startswith("von") and VON_IN_NAME.search(line[: found.start()])
    return None if in_name else found


def opens_byline(line: str) -> bool:
    """Whether it begins as bylines do, and is as short."""
    plain = line.lstrip(SIGNS)
    begins = _may_open(plain) and plain.lower().startswith(OPENINGS)  # few lines do, and an expression takes longer to see it
    return begins and len(line) <= MAX_LINE_CHARS and OPENING.match(line) is not None


def may_open_bylines(lines: pa.Array) -> Flags:
    """Which lines are worth asking whether they open so, or introduce a name: they begin with the first letters of an opening."""
    if len(lines) <= FEW:
        return np.fromiter((_may_open(line.lstrip(SIGNS)) for line in lines.to_pylist()), bool, len(lines))
    begins = pc.utf8_lower(pc.utf8_slice_codeunits(pc.utf8_ltrim(lines, SIGNS), 0, 2))
    may_open = pc.or_(pc.is_in(begins, _beginnings()), pc.is_in(pc.utf8_slice_codeunits(begins, 0, 1), _beginnings()))
    found: Flags = may_open.to_numpy(zero_copy_only=False)
    return found


def introduces_name(line: str) -> bool:
    """Whether it is the `By` alone, with the name in the next line."""
    return _may_open(line) and ALONE.fullmatch(line) is not None


@cache
def _beginnings() -> pa.Array:
    return pa.array(sorted(BEGINNINGS))


def _may_open(line: str) -> bool:
    return line[:2].lower() in BEGINNINGS or line[:1] in BEGINNINGS


def signed_parts(line: str) -> list[str]:
    """The parts of a date line that name who signed: `Par X` of `Publié le 1 mai | Par X`, `X` of `X - 1 May`."""
    line = line[:MAX_LINE_CHARS]
    if OPENING.match(line):
        return [line]
    if signed := _signing(line):
        return [line[signed.start() :]]
    parts = PARTS.split(line)
    return [part for part in parts if len(parts) > 1 and is_person(part)]


def signs(line: str) -> bool:
    """Whether it says that somebody signs, at its beginning or within."""
    return OPENING.match(line) is not None or _signing(line) is not None


def is_person(name: str) -> bool:
    """Whether it reads like a person's name rather than a desk, a place or a sentence."""
    if len(name) > MAX_NAME_CHARS:
        return False
    if SPACELESS_NAME.fullmatch(name):
        return SPACELESS_DESK.search(name) is None and agency(name) is None
    return (
        bool(NAME.fullmatch(name))
        and not ENDS_SMALL.search(name)
        and not _has_role(name)
        and COMMON.isdisjoint(name.lower().split())
    )


def _has_role(name: str) -> bool:
    """Whether it is, or has in it, what somebody is; beyond ASCII, to fold case and to lower it differ."""
    return (SMALL_ROLE.search(name.lower()) if name.isascii() else ROLE.search(name)) is not None


def people(names: Iterable[str]) -> tuple[str, ...]:
    """People of several bylines, each once, in order."""
    seen: dict[str, str] = {}
    for name in names:
        for author in parse_byline(name).authors:
            seen.setdefault("".join(author.casefold().split()), author)
    return tuple(seen.values())
