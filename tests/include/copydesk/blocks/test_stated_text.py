from __future__ import annotations

import json

import copydesk

PARAGRAPHS = [
    "Passengers on the Northern Star will pay more from April, the board’s third rise in two years, and café owners fear for trade.",
    "The harbour board met on Tuesday evening and voted by seven to two in favour of the new prices, which its chairman defended.",
    "A spokesman for the passengers’ union said that the decision would be challenged in the courts before Easter & after it.",
]
ARTICLE = {"@type": "NewsArticle", "headline": "Fares to rise", "articleBody": "\n\n".join(PARAGRAPHS)}


def body_of(shown: str, *articles: dict) -> str | None:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(article)}</script>' for article in articles)
    page = f"<html><head><title>Fares to rise</title>{scripts}</head><body>{shown}</body></html>"
    (row,) = copydesk.extract([{"id": "a", "content": page, "media_type": "text/html"}]).to_pylist()
    return row["body"]


def test_an_article_that_stands_in_json_ld_alone_is_read_from_there():
    assert body_of('<div id="root"></div><p>Please enable JavaScript.</p>', ARTICLE) == "\n\n".join(PARAGRAPHS)


def test_markup_in_it_parts_paragraphs_and_is_no_text():
    marked = {**ARTICLE, "articleBody": "".join(f"<p>{each}</p>" for each in PARAGRAPHS)}
    assert body_of('<div id="root"></div>', marked) == "\n\n".join(PARAGRAPHS)


def test_a_page_that_shows_its_beginning_is_read_as_it_is_shown():
    assert body_of(f"<h1>Fares to rise</h1><p>{PARAGRAPHS[0]}</p>", ARTICLE) == PARAGRAPHS[0]


def test_nothing_is_taken_where_several_articles_are_stated():
    other = {**ARTICLE, "articleBody": ARTICLE["articleBody"].replace("Tuesday", "Friday")}
    assert body_of('<div id="root"></div>', ARTICLE, other) is None
