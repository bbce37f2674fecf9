from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from copydesk.fields.stated.structured import claims
from copydesk.markup.page import Page


def times(script: str) -> list[tuple[str, str]]:
    found = claims(Page(LexborHTMLParser(f'<script type="application/ld+json">{script}</script>')), [])
    return [(c.field, c.value) for c in found if c.field in ("published_at", "modified_at")]


def test_a_page_without_an_article_states_its_own_times() -> None:
    page = '{"@graph": [{"@type": "WebPage", "datePublished": "2024-02-07", "dateModified": "2024-02-08"}]}'

    assert times(page) == [("published_at", "2024-02-07"), ("modified_at", "2024-02-08")]


def test_the_article_comes_before_the_page_it_stands_on() -> None:
    graph = '[{"@type": "WebPage", "datePublished": "2024-02-06"}, {"@type": "NewsArticle", "datePublished": "2024-02-07"}]'

    assert times(graph) == [("published_at", "2024-02-07"), ("published_at", "2024-02-06")]


@pytest.mark.parametrize(
    "thing",
    [
        '{"@type": "VideoObject", "datePublished": "2024-02-07"}',
        '{"@type": "WebPage", "datePublished": ["2024-02-07"]}',
        '{"@type": 3, "datePublished": "2024-02-07"}',
    ],
)
def test_things_on_the_page_do_not_date_it(thing: str) -> None:
    assert times(thing) == []


def test_a_script_that_is_torn_still_says_when() -> None:
    torn = '{"@type": "NewsArticle", "headline": "He said "no"", "datePublished": "2024-02-07T15:24:00Z", "video": {"datePublished": "2023-01-01"}'

    assert times(torn) == [("published_at", "2024-02-07T15:24:00Z")]
