from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from copydesk.fields.claims import Claim, Item
from copydesk.fields.stated.structured import claims
from copydesk.markup.page import Page


def jsonld(data: str) -> list[Claim]:
    return claims(Page(LexborHTMLParser(f'<script type="application/ld+json">{data}</script>')), [])


@pytest.mark.parametrize(
    "data",
    [
        '{"@type": "NewsArticle", "headline": "H"}',
        '[{"@type": "WebPage"}, {"@type": ["Thing", "Article"], "headline": "H"}]',
        '{"@graph": [{"@graph": [{"@type": "BlogPosting", "headline": " H "}]}]}',
        '<!-- {"@type": "NewsArticle", "headline": "H"}; -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "H"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "\\ud800H\\u0000"}',
    ],
)
def test_an_article_in_json_ld_states_its_headline(data: str) -> None:
    assert [claim.value.strip("\ufffd") for claim in jsonld(data) if claim.field == "title"] == ["H"]


@pytest.mark.parametrize(
    "data", ["", "{", "null", "[" * 100_000, '{"@type": "Article", "author": ' + "[" * 900 + "]" * 900 + "}", '{"@graph": 3}']
)
def test_broken_or_boundless_json_states_nothing_about_the_article(data: str) -> None:
    assert [claim for claim in jsonld(data) if claim.field != "type"] == []


def test_nested_things_give_their_name_or_address() -> None:
    found = jsonld(
        '{"@type": "Article", "author": [{"name": "Ann"}, "Bo"], "image": {"url": "/i.jpg"}, "isAccessibleForFree": false, "keywords": ["a", "b"]}'
    )

    assert [(c.field, c.value) for c in found[1:]] == [
        ("tags", "a"), ("tags", "b"), ("author", "Ann"), ("author", "Bo"), ("image", "/i.jpg"), ("free_to_read", "false"),
    ]  # fmt: skip


def test_other_things_than_articles_are_not_asked() -> None:
    assert jsonld('{"@type": "Organization", "headline": "H"}') == []


def test_claims_stand_in_order_of_trust_and_each_once() -> None:
    html = '<html lang=en><title>T | S</title><meta property="og:title" content="M"><meta name="og:title" content="M"><link rel=canonical href="/c">'
    found = claims(Page(LexborHTMLParser(html)), [Item("headline", "I"), Item("other", "x")])

    assert [(c.field, c.value, c.clue) for c in found] == [
        ("title", "M", "meta"), ("title", "I", "microdata"), ("canonical_url", "/c", "link"), ("title", "T | S", "head"), ("language", "en", "head"),
    ]  # fmt: skip


def test_people_of_json_ld_may_be_described_elsewhere_in_it() -> None:
    found = jsonld(
        '{"@graph": [{"@type": "Article", "author": {"@id": "#ann"}, "publisher": {"@id": "#site"}},'
        ' {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}, {"@type": "Organization", "@id": "#site", "name": "Courier"}]}'
    )

    assert [(c.field, c.value) for c in found if c.field in ("author", "site")] == [("author", "Ann Lee"), ("site", "Courier")]


def test_an_organisation_is_credited_and_no_author() -> None:
    found = jsonld(
        '{"@type": "Article", "author": [{"@type": "Organization", "name": "Reuters"}, {"@type": ["Person"], "name": "Ann"}]}'
    )

    assert [(c.field, c.value) for c in found[1:]] == [("credit", "Reuters"), ("author", "Ann")]


def test_authors_of_other_stories_on_the_page_are_not_asked() -> None:
    found = jsonld('[{"@type": "Article", "author": "Ann Lee"}, {"@type": "Article", "author": "Bo Ek"}]')

    assert [c.value for c in found if c.field == "author"] == ["Ann Lee"]


def test_entities_in_json_ld_are_read() -> None:
    assert Claim("title", "\u2018Ferry\u2019 & refit", "jsonld") in jsonld(
        '{"@type": "Article", "headline": "&#8216;Ferry&rsquo; &amp; refit"}'
    )


def test_libraries_put_the_family_name_first() -> None:
    tree = LexborHTMLParser('<meta name="dc.creator" content="Ek, Bo"><meta name="author" content="Ann Lee, Courier">')

    assert [c.value for c in claims(Page(tree), []) if c.field == "author"] == ["Ann Lee, Courier", "Bo Ek"]


def test_headings_of_the_first_rank_are_noted() -> None:
    tree = LexborHTMLParser("<h1> Ferry <b>returns</b></h1><h1></h1>")

    assert [c for c in claims(Page(tree), []) if c.field == "heading"] == [Claim("heading", "Ferry returns", "h1")]
