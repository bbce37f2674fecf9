from __future__ import annotations

import pyarrow as pa
import pytest

from copydesk import explain, extract
from copydesk.fields.matching import FEW
from copydesk.labels.rules.pointers import leading_elsewhere
from copydesk.labels.rules.ruling import WORDS, Ruling

POINTERS = [
    "Kapcsolódó: Pékség nyílt a régi vámház felett",
    "Loe ka: Paadid loeti üle",
    "Прочитајте и: Пекара изнад старе царинарнице",
    "یہ بھی پڑھیں: پرانے کسٹم ہاؤس کے اوپر بیکری",
    "อ่านเพิ่มเติม: เปิดร้านเบเกอรี่",
    "આ પણ વાંચો: હોડીઓની ગણતરી",
    "Read more: How the sandbanks move",
    "► ALSO READ: The ferry that never came",
    "Related stories: A pier in pictures",
    "Lesen Sie auch: Warum die Fähre nicht mehr fährt",
    "À lire aussi\u00a0: Pourquoi le bac ne passe plus",
    "Lees ook: Waarom de pont niet meer vaart",
    "Leia também: Por que a balsa parou",
    "Läs också: Därför går inte färjan längre",
    "Zobacz też: Dlaczego prom już nie kursuje",
    "Читайте также: Почему больше не ходит паром",
    "اقرأ أيضا: لماذا لم تعد العبارة تعمل",
    "यह भी पढ़ें: नौका अब क्यों नहीं चलती",
    "延伸阅读：渡轮为何停运",
    "La suite après cette publicité",
    "Article continues below advertisement…",
    "(Continued on page 5)",
    "Page 1 of 2",
    "Fortsetzung auf Seite 3",
    "Suite page 4",
    "Viene de la página 1",
    "Dokończenie na str. 3",
    "Окончание на стр. 4",
    "（下转第5版）",
    "Share | Tweet | Email | Print",
    "Share on Facebook, Twitter, WhatsApp",
    "Teilen | Drucken | Per E-Mail versenden",
    "Partager · Imprimer · Envoyer par e-mail",
    "Compartir / Imprimir",
    "Dela  Skriv ut  Tipsa en vän",
    "Поделиться | Печать | Отправить другу",
    "分享到：微信 微博 QQ空间",
    "This site uses cookies. Read our privacy policy.",
    "We use our own and third-party cookies to measure what is read.",
    "Wir verwenden Cookies, um Ihnen mehr zu bieten. Akzeptieren",
    "Nous utilisons des cookies. Tout accepter",
    "Vi använder kakor. Jag godkänner",
    "Ta strona używa plików cookie. Akceptuję",
    "Мы используем файлы cookie. Принять",
    "本网站使用Cookie以提升体验",
    "...Personalisierte Anzeigen, Messung von Anzeigen und Inhalten",
    "Store and/or access information on a device.",
    "Publicités et contenus personnalisés, mesure de performance",
    "Published 3 November 2026, 14:05 Updated 4 November 2026, 09:12",
    "Last updated on Nov. 3, 2026",
    "Publisert 05.11.2026, kl. 13.05",
    "Stand: 3. November 2026, 14 Uhr",
    "This article is for subscribers only.",
    "Already a subscriber? Sign in",
    "Jetzt weiterlesen mit dem Abo",
    "Cet article est réservé aux abonnés",
    "Sólo para suscriptores",
    "この記事は会員限定です。",
    "Les også Derfor flytter sandbankene seg",
    "Lees ook Waarom zandbanken bewegen",
    "- Advertisement -",
    "Anzeige",
    "Publicité",
    "РЕКЛАМА",
    "広告",
    "Article content",
    "Empfohlener redaktioneller Inhalt",
    "MORE: Why the sandbanks move",
    "Watch: The first ferry leaves",
    "View this post on Instagram",
    "A post shared by Ada Lind (@adalind)",
    "Ein Beitrag geteilt von Ada Lind",
    "Bu gönderiyi Instagram'da gör",
    "This content can also be viewed on the site it comes from.",
    "— Harbour Office (@harbouroffice) November 3, 2026",
    "First cars aboard! pic.twitter.com/AbC123",
    "All lamps here were independently selected by our editors.",
    "If you buy something from a link, we may earn a commission.",
    "Dieser Text enthält Affiliate-Links.",
    "Cet article contient des liens d'affiliation.",
    "More information: A. Lind et al, How sandbanks move, Tides (2026). DOI: 10.0000/tides.1",
]
TEXTS = [
    "Read this sentence aloud, the teacher said.",
    "Two related problems: money and time",
    "Эту книгу читайте также: она стоит того",
    "Lees ook eens een boek",
    "Page 1 of 2 was missing",
    "The story is continued on page 5 of the book",
    "The article continues below advertisement hoardings of old.",
    "Share and share alike",
    "Teilen",
    "Print, email or a knock at the door",
    "Drucken und Binden",
    "The site uses cookies of the bakery to lure its guests.",
    "Cookies: what the new rules say",
    "Wir verwenden Mehl, Zucker und Cookies vom Vortag.",
    "More than forty cars drove aboard",
    "Published in 1998, the book about the ferry is read again.",
    "Stand 3 of the fair was that of the harbour office, and so many people came to it that the doors had to be shut at noon.",
    "Updated timetables hang at the pier",
    "Subscribers of the harbour news were told first.",
    "Les også avisen hver dag",
    "To continue without a pier was no choice.",
    "Watch the tide",
    "The advertisement was seen by thousands",
    "Anzeige gegen Kapitän",
    "A post that nobody shared",
    "The captain (known as @oda to her friends) laughed.",
    "The commission may earn the thanks of the town.",
    "An independently minded captain",
]


@pytest.mark.parametrize("times", [1, FEW])
def test_lines_that_lead_elsewhere_are_found_and_no_others(times: int) -> None:
    """However many: Python searches a few, Arrow many."""
    assert leading_elsewhere(pa.array(POINTERS * times)).tolist() == [True] * len(POINTERS) * times
    assert leading_elsewhere(pa.array(TEXTS * times)).tolist() == [False] * len(TEXTS) * times


@pytest.mark.parametrize(
    "pointer", ["Lees ook: Waarom de pont niet meer vaart", "Lees verder: Zwemmer gered na nacht op zandbank"]
)
def test_a_pointer_between_paragraphs_is_no_sub_heading(pointer: str) -> None:
    lines = [
        "Gemeenteraad stemt in met fietstunnel onder de Velm",
        "Onder de Velm komt een tunnel voor fietsers. Dat heeft de gemeenteraad van Noordzand dinsdagavond na een lang debat besloten.",
        pointer,
        "De tunnel wordt 340 meter lang en gaat twaalf miljoen kronen kosten. Twee derde daarvan betaalt de provincie.",
        '"Hier hebben we dertig jaar op gewacht", zegt Oda Lind van de fietsersbond na afloop van het debat in het stadhuis.',
    ]
    record = {"id": "a", "content": "\n".join(lines), "media_type": "text/plain"}

    assert extract([record])["paragraphs"].to_pylist() == [[lines[1], *lines[3:]]]
    (told,) = (row for row in explain(record).to_pylist() if row["text"] == pointer)
    assert told["label"] in {"promo", "rail"}
    assert told["reasons"][0] == WORDS[Ruling.POINTER]
