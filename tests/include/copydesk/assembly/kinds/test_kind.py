from __future__ import annotations

import json
from typing import Any

import pytest

from copydesk import extract

PARAGRAPHS = [
    "The council said on Monday that the old ferry would cross the sound again after eleven years in the yard.",
    "Its engine had been taken apart by pupils of the technical school, who numbered each of the four thousand pieces.",
    "“Nobody believed that it would ever run again,” said Ottoline Brandt, who had sold tickets for it as a girl.",
    "The first crossing took nineteen minutes, two fewer than in the timetable of 1971, and most of the town came along.",
]
ARTICLE = {"@type": "NewsArticle", "headline": "Old ferry crosses the sound again"}
LINKS = "".join(f'<li><a href="/n/{n}">Harbour wall number {n} is to be measured again this week</a></li>' for n in range(30))
BANNERS = {
    "en": [
        "We value your privacy",
        "We and our 812 partners store and/or access information on a device, and process personal data such as unique identifiers.",
        "You may click to consent to our and our 812 partners’ processing, or change your preferences before consenting.",
        "Accept all cookies",
    ],
    "de": [
        "Ihre Privatsphäre-Einstellungen",
        "Wir und unsere 812 Partner speichern Informationen auf einem Gerät und verarbeiten Kennungen in Cookies.",
        "Klicken Sie auf die Datenschutzrichtlinien, um Ihre Präferenzen zu ändern; sie werden unseren Partnern signalisiert.",
        "Alle Cookies akzeptieren",
    ],
}
SHORT = {
    "en": ["Old ferry crosses the sound again", *PARAGRAPHS[:3]],
    "de": [
        "Alte Fähre quert wieder den Sund",
        "Die alte Fähre fährt nach elf Jahren in der Werft wieder über den Sund, sagte der Stadtrat am Montag.",
        "Schüler hatten ihre Maschine zerlegt und jedes der viertausend Teile mit einer Nummer versehen.",
        "„Niemand hat daran geglaubt“, sagte Ottilie Brandt, die als Mädchen die Karten verkauft hatte.",
    ],
}
BAR = "<p class='paywall'>Subscribe to continue reading</p>"


def page(body: str, *stated: dict[str, Any], head: str = "<title>Old ferry crosses the sound again</title>") -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in stated)
    return f"<html><head>{head}{scripts}</head><body>{body}</body></html>"


def article(paragraphs: list[str]) -> str:
    return "<article><h1>Old ferry crosses the sound again</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs) + "</article>"


def row(content: str, media_type: str = "text/html", url: str | None = None) -> dict[str, Any]:
    (found,) = extract([{"id": "a", "content": content, "media_type": media_type, "url": url, "crawl_date": None}]).to_pylist()
    return found


@pytest.mark.parametrize(
    "content",
    [
        page(article(PARAGRAPHS), ARTICLE),
        page(article(PARAGRAPHS)),
        page(article(PARAGRAPHS) + BAR + f"<ul>{LINKS}</ul>", ARTICLE | {"isAccessibleForFree": True}),
        page(article(PARAGRAPHS * 8) + BAR, ARTICLE | {"isAccessibleForFree": False}),
        page(article(PARAGRAPHS), ARTICLE | {"isAccessibleForFree": False, "wordCount": 90}),
        page(article(PARAGRAPHS), ARTICLE, {"@type": "VideoObject"}, {"@type": "ItemList"}),
        page(article(PARAGRAPHS) + "<h2>We value your privacy</h2><p>We and our 812 partners store data.</p>", ARTICLE),
        page(article(PARAGRAPHS) + "<div>Page not found</div>", ARTICLE),
        page(article(PARAGRAPHS) + f"<ul>{LINKS}</ul><p>Article réservé aux abonnés</p><p>Subscriber only</p>"),
    ],
)
def test_an_article_is_called_one_whatever_stands_beside_it(content: str) -> None:
    assert row(content)["page_type"] == "article"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            "<title>404 Not Found</title>",
            "<h1>Page not found</h1><p>Sorry, the page you are looking for may have been moved.</p>",
        ),
        ("<title>Seite nicht gefunden | Nordtor Zeitung</title>", f"<h1>Hoppla!</h1><p>Das tut uns leid.</p><ul>{LINKS}</ul>"),
        ("<title>Veyrat Info</title>", "<h1>Oups</h1><p>Cette page n’existe plus.</p>"),
        ("<title>Just a moment...</title>", "<p>Checking your browser before you enter the site.</p>"),
    ],
)
def test_an_error_page_is_one(head: str, body: str) -> None:
    assert row(page(body, head=head))["page_type"] == "error"


@pytest.mark.parametrize(
    "text",
    ["404 Not Found\nThe requested URL was not found on this server.", "Страница не найдена\nПерейти на главную", "页面不存在"],
)
def test_a_text_that_says_there_is_no_page_is_an_error(text: str) -> None:
    assert row(text, "text/plain")["page_type"] == "error"


def test_a_request_for_consent_is_one_in_html_and_in_text() -> None:
    lines = [
        "We value your privacy",
        "We and our 812 partners store and access information on your device.",
        "Accept all",
        "Reject all",
    ]

    assert row(page("".join(f"<p>{line}</p>" for line in lines), head="<title>Harbour Courier</title>"))["page_type"] == "consent"
    assert row("\n".join(lines), "text/plain")["page_type"] == "consent"


@pytest.mark.parametrize("language", BANNERS)
@pytest.mark.parametrize("attributes", ["class='cookie-banner'", "id='x1'"])
@pytest.mark.parametrize("rank", ["h1", "h2", "p"])
@pytest.mark.parametrize("is_above", [True, False])
def test_a_short_article_beside_a_long_request_for_consent_is_an_article(
    language: str, attributes: str, rank: str, is_above: bool
) -> None:
    (heading, *asking), (title, *paragraphs) = BANNERS[language], SHORT[language]
    banner = f"<div {attributes}><{rank}>{heading}</{rank}>{''.join(f'<p>{line}</p>' for line in asking)}</div>"
    text = f"<div><h1>{title}</h1>{''.join(f'<p>{line}</p>' for line in paragraphs)}</div>"

    found = row(page(banner + text if is_above else text + banner, head=f"<title>{title} | Nordtor Courier</title>"))

    assert (found["page_type"], found["title"]) == ("article", title)


@pytest.mark.parametrize("language", BANNERS)
@pytest.mark.parametrize("head", ["Nordtor Courier", "Old ferry crosses the sound again | Nordtor Courier"])
def test_a_request_for_consent_that_names_the_article_behind_it_is_one(language: str, head: str) -> None:
    heading, *asking = BANNERS[language]
    more = ["You can change your mind at any time by clicking the button at the bottom of each page of the Nordtor Courier."]

    found = row(page(f"<h2>{heading}</h2>" + "".join(f"<p>{line}</p>" for line in asking + more), head=f"<title>{head}</title>"))

    assert found["page_type"] == "consent"


@pytest.mark.parametrize(
    "content",
    [
        page(article(PARAGRAPHS[:2]) + BAR, ARTICLE),
        page(article(PARAGRAPHS[:2]), ARTICLE | {"isAccessibleForFree": False, "articleBody": " ".join(PARAGRAPHS) * 2}),
        page(article(PARAGRAPHS[:3]), ARTICLE | {"isAccessibleForFree": False, "wordCount": 780}),
        page(article(PARAGRAPHS[:1]) + "<p>Dieser Artikel ist exklusiv für Abonnenten.</p>"),
    ],
)
def test_the_beginning_of_an_article_that_is_withheld_is_a_stub_and_not_free(content: str) -> None:
    found = row(content)

    assert (found["page_type"], found["free_to_read"]) == ("stub", False)


def test_a_text_that_ends_at_a_bar_is_a_stub() -> None:
    text = "\n".join(["Old ferry crosses the sound again", "7 February 2024", *PARAGRAPHS[:2], "Subscribe to continue reading"])

    assert row(text, "text/plain")["page_type"] == "stub"


def test_a_report_as_things_happen_says_so_or_shows_it() -> None:
    entries = [f"<h3>{14 + n}:05</h3><p>{text}</p>" for n, text in enumerate(PARAGRAPHS + PARAGRAPHS[:2])]
    told = page(
        "<h1>Ferry live: the first crossing</h1>" + "".join(entries), head="<title>Ferry live: the first crossing</title>"
    )

    assert row(page(article(PARAGRAPHS), {"@type": "LiveBlogPosting"}))["page_type"] == "live_blog"
    assert row(told)["page_type"] == "live_blog"


def test_pictures_and_videos_with_little_text_are_called_so() -> None:
    pictures = "".join(f"<figure><img src=/{n}.jpg><figcaption>The ferry passes the harbour light number {n} on Monday. Photo: Ida Quist</figcaption></figure>" for n in range(8))  # fmt: skip

    assert row(page(f"<h1>The ferry in pictures</h1><p>{PARAGRAPHS[0]}</p>{pictures}", {"@type": "ImageGallery"}))["page_type"] == "gallery"  # fmt: skip
    assert row(page(article(PARAGRAPHS[:1])), url="https://courier.example/fotos/ferry")["page_type"] == "gallery"
    assert row(page(article(PARAGRAPHS[:1]), {"@type": "VideoObject"}))["page_type"] == "video"
    assert row(page(article(PARAGRAPHS[:1]), ARTICLE), url="https://courier.example/video/ferry")["page_type"] == "video"
    assert row(page(article(PARAGRAPHS[:1]), head='<meta property="og:type" content="video.other">'))["page_type"] == "video"


@pytest.mark.parametrize(
    "content",
    [
        page(f"<h1>Harbour news</h1><ul>{LINKS}</ul>", {"@type": "CollectionPage"}),
        page(f"<h1>Harbour Courier</h1><ul>{LINKS}</ul><p>{PARAGRAPHS[0]}</p>", head='<link rel="canonical" href="https://courier.example/">'),
    ],
)  # fmt: skip
def test_a_list_of_articles_is_an_index(content: str) -> None:
    assert row(content)["page_type"] == "index"


def test_nothing_to_tell_from_has_no_type() -> None:
    assert row("")["page_type"] is None


def test_the_tier_of_the_content_says_whether_it_is_free() -> None:
    tiers = {tier: row(page(article(PARAGRAPHS * 3), head=f'<meta property="article:content_tier" content="{tier}">')) for tier in ("free", "locked")}  # fmt: skip

    assert {tier: found["free_to_read"] for tier, found in tiers.items()} == {"free": True, "locked": False}


def test_a_text_that_is_stated_and_not_shown_is_noticed_and_not_taken() -> None:
    found = row(page(article(PARAGRAPHS[:2]), ARTICLE | {"articleBody": " ".join(PARAGRAPHS)}))

    assert (found["stated_body"], found["page_type"]) == ("longer", "article")
    assert found["paragraphs"] == PARAGRAPHS[:2]


NOTICES = {
    "en": ["Cookie settings", "We use cookies and similar technologies to store information on a device.", "Necessary", "Accept all"],
    "de": ["Wir verwenden Cookies", "Wir und unsere Partner speichern Informationen auf Ihrem Gerät, etwa in Cookies.", "Ablehnen"],
    "fr": ["Le respect de votre vie privée", "Nos partenaires et nous utilisons des cookies pour stocker des informations.", "Tout accepter"],
}  # fmt: skip


@pytest.mark.parametrize("language", SHORT)
@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("date", [[], ["12.03.2019"]])
def test_a_bare_text_below_a_notice_of_cookies_is_an_article_with_its_own_title(
    language: str, notice: str, date: list[str]
) -> None:
    title, *paragraphs = SHORT[language]
    found = row("\n".join([*NOTICES[notice], title, *date, *paragraphs]), "text/plain")

    assert (found["page_type"], found["title"], found["paragraphs"]) == ("article", title, paragraphs)


@pytest.mark.parametrize("is_page", [True, False])
def test_a_request_with_more_words_below_a_title_that_it_does_not_speak_of_is_one(is_page: bool) -> None:
    more = [
        "You can change your mind at any time by clicking the button at the bottom of each page of the Nordtor Courier.",
        "Some of this is done without asking you, and you may object to it at any time in the list that opens below here.",
        "What we measure tells us which stories are read to their end, and which ones nobody reads beyond the headline.",
    ]
    lines = ["Old ferry crosses the sound again", *BANNERS["en"], *more]
    found = row(page("".join(f"<p>{line}</p>" for line in lines))) if is_page else row("\n".join(lines), "text/plain")

    assert found["page_type"] == "consent"
