"""Articles in many languages and scripts as bare text: what is article, and which rails stand around it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from copydesk import extract

ARTICLES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parents[2] / "data" / "languages.toml").read_text("utf-8"))
NO_HEADING = {"my"}  # whose rails are cut, with headings that are not known as such


def text_of(article: dict[str, Any]) -> str:
    """The article as a converter leaves it: paragraphs between blank lines, the rails line by line."""
    first, *others = article["paragraphs"]
    body = [first, *([article["promo"]] if "promo" in article else []), *others]
    rails = [line for rail in article["rails"] for line in rail]
    return "\n\n".join([article["title"], "\n".join(article["above"]), *body, "\n".join([*rails, *article.get("below", [])])])


@pytest.mark.parametrize("language", ARTICLES)
def test_an_article_is_told_from_its_rails(language: str) -> None:
    article = ARTICLES[language]
    record = {"id": language, "content": text_of(article), "media_type": "text/plain"}
    (found,) = extract([record]).to_pylist()

    assert (found["title"], found["paragraphs"]) == (article["title"], article["paragraphs"])
    if language not in NO_HEADING:
        rails = [[rail["heading"], *(item["headline"] for item in rail["items"])] for rail in found["rails"]]
        assert [rail[: len(wanted)] for rail, wanted in zip(rails, article["rails"], strict=True)] == article["rails"]


@pytest.mark.parametrize("language", [name for name in ARTICLES if name != "my"])
def test_its_day_is_read(language: str) -> None:
    record = {"id": language, "content": text_of(ARTICLES[language]), "media_type": "text/plain"}

    assert str(extract([record]).to_pylist()[0]["published_at"])[:10] == "2026-11-03"
