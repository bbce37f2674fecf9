"""Pages of other makes than the samples: what is right is pinned, what is not yet has a floor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.extraction import extract_records
from copydesk.records import Origin, Record
from copydesk.sources import Source

PAGES = ("also_like", "block_components", "most_read", "old_tables", "weblog_comments")
# Fields right over all pages, at least; raise it when more are.
FLOOR = {"title": 5, "published_at": 5, "authors": 4, "agency": 5, "standfirst": 3, "language": 5, "images": 2, "body": 2}

Page = dict[str, Any]


@pytest.fixture(scope="module")
def pages(checkout: Path) -> list[tuple[str, Page, Page]]:
    """Name, gold and article of each page."""
    found = []
    for name in PAGES:
        folder = checkout / "tests/data/pages"
        gold = json.loads((folder / f"{name}.json").read_text("utf-8"))
        file = next(path for path in folder.glob(f"{name}.*") if path.suffix != ".json")
        format = "html" if gold["media_type"] == "text/html" else "text"
        table = {"name": "page", "raw": "{key}", "format": format, "timezone": gold["timezone"], "language": gold["language"]}
        record = Record(file.read_bytes(), gold["media_type"], Origin(name))
        (row,) = extract_records([record], Source.model_validate(table)).to_pylist()
        found.append((name, gold, row))
    return found


def found_in(row: Page, field: str) -> Any:
    if field == "published_at":
        return row["published_at"] and row["published_at"].isoformat()
    if field == "images":
        return [{name: image[name] for name in ("caption", "alt", "credit")} for image in row["images"]]
    return row["paragraphs"] if field == "body" else row[field]


@pytest.mark.parametrize("field", FLOOR)
def test_a_field_is_right_on_as_many_pages_as_before(field: str, pages: list[tuple[str, Page, Page]]) -> None:
    wrong = [f"{name}: {found_in(row, field)!r}" for name, gold, row in pages if found_in(row, field) != gold[field]]

    assert len(pages) - len(wrong) >= FLOOR[field], "\n".join(wrong)


def test_every_page_is_an_article(pages: list[tuple[str, Page, Page]]) -> None:
    assert [row["reject_reason"] for _, _, row in pages] == [None] * len(PAGES)
