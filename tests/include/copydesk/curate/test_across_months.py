from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from copydesk.curate import months
from copydesk.curate.linking import links_manifest
from copydesk.curate.months import curate_month
from copydesk.lake.reading import read
from copydesk.storage import Storage

Article = Callable[..., dict[str, Any]]
Publish = Callable[..., None]

CURATED = ("articles", "article_versions", "signatures", "story_links")
WIRE = [f"Paragraph {n} of the agency's report tells at some length what the council decided." for n in "ABCDEFG"]


def at(day: int, month: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def stories(lake: Storage) -> dict[str, tuple[str, list[str]]]:
    """Of each article the title of its story's first publication, and those of its copies."""
    rows = read("articles", root=lake.uri).to_pylist()
    title = {row["article_id"]: row["title"] for row in rows}
    return {row["title"]: (title[row["story_id"]], [title[copy] for copy in row["copies"]]) for row in rows}


def bytes_of(lake: Storage) -> dict[str, bytes]:
    root = Path(lake.uri)
    paths = [path for name in CURATED for path in sorted((root / name).rglob("*")) if path.is_file()]
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}


def fill(article: Article, publish: Publish) -> None:
    """A story that goes on over four months, each copy within the window of the one before and of no other."""
    publish("courier", "archive", article("first", at(1, 7), WIRE), article("other", at(2, 8), ["Nothing of it."]))
    publish("herald", "archive", article("second", at(9, 8), WIRE))
    publish("globe", "archive", article("third", at(12, 9), WIRE[1:]))
    publish("mail", "archive", article("fourth", at(20, 10), WIRE[:-1]))


@pytest.mark.parametrize("order", list(permutations(["2026-07", "2026-08", "2026-09", "2026-10"]))[::5])
def test_the_order_in_which_months_are_curated_does_not_show(
    lake: Storage, article: Article, publish: Publish, order: list[str]
) -> None:
    fill(article, publish)
    for month in order:
        curate_month(lake, month)
    found = bytes_of(lake)
    assert stories(lake) == {
        "Title of first": ("Title of first", ["Title of second", "Title of third", "Title of fourth"]),
        "Title of second": ("Title of first", []),
        "Title of third": ("Title of first", []),
        "Title of fourth": ("Title of first", []),
        "Title of other": ("Title of other", []),
    }
    for name in CURATED:
        lake.delete_tree(name)
    for month in sorted(order):
        curate_month(lake, month)
    assert bytes_of(lake) == found


def test_an_earlier_original_that_arrives_late_is_the_first_in_every_month(
    lake: Storage, article: Article, publish: Publish
) -> None:
    fill(article, publish)
    for month in ("2026-07", "2026-08", "2026-09", "2026-10"):
        curate_month(lake, month)
    publish("times", "archive", article("scoop", at(28, 6), WIRE))
    curate_month(lake, "2026-06")
    found = stories(lake)
    assert found["Title of scoop"][1] == ["Title of first", "Title of second", "Title of third", "Title of fourth"]
    assert {first for title, (first, _) in found.items() if title != "Title of other"} == {"Title of scoop"}
    assert found["Title of first"][1] == []


def test_a_copy_that_is_withdrawn_leaves_those_after_it_without_what_it_led_to(
    lake: Storage, article: Article, publish: Publish
) -> None:
    fill(article, publish)
    for month in ("2026-07", "2026-08", "2026-09", "2026-10"):
        curate_month(lake, month)
    publish("globe", "archive")
    curate_month(lake, "2026-09")
    found = stories(lake)
    assert found["Title of first"] == ("Title of first", ["Title of second"])
    assert found["Title of fourth"] == ("Title of fourth", [])


def test_a_text_that_returns_after_more_than_the_window_is_a_story_of_its_own(
    lake: Storage, article: Article, publish: Publish
) -> None:
    publish("courier", "archive", article("first", at(1, 7), WIRE))
    publish("herald", "archive", article("late", at(16, 8), WIRE))
    for month in ("2026-07", "2026-08"):
        curate_month(lake, month)
    assert stories(lake)["Title of late"] == ("Title of late", [])


def test_only_days_of_the_story_are_written_again(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "archive", article("first", at(30, 10), WIRE), article("other", at(29, 10), ["Nothing of it."]))
    curate_month(lake, "2026-10")
    publish("herald", "archive", article("copy", at(2, 11), WIRE))
    assert curate_month(lake, "2026-11")["days_rewritten"] == 2
    assert curate_month(lake, "2026-11")["days_rewritten"] == 0


def test_what_a_killed_curation_owed_other_months_the_next_one_pays(
    lake: Storage, article: Article, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("courier", "archive", article("first", at(30, 10), WIRE))
    curate_month(lake, "2026-10")
    publish("herald", "archive", article("copy", at(2, 11), WIRE))

    def killed(_: Storage, month: str) -> dict[str, int]:
        raise KeyboardInterrupt(month)

    with monkeypatch.context() as patch:
        patch.setattr(months, "publish_month", killed)
        with pytest.raises(KeyboardInterrupt):
            curate_month(lake, "2026-11")
    assert stories(lake)["Title of first"] == ("Title of first", [])
    curate_month(lake, "2026-11")
    assert stories(lake)["Title of first"] == ("Title of first", ["Title of copy"])
    manifest = links_manifest(lake, "2026-11")
    assert manifest is not None
    assert manifest.summary["owed"] == []


def test_a_text_is_read_once_for_its_signature(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "1", article("a", at(1, 11), WIRE))
    curate_month(lake, "2026-11")
    signed = bytes_of(lake)
    publish("courier", "2", article("a", at(1, 11), WIRE))
    curate_month(lake, "2026-11")
    same = {path for path, content in bytes_of(lake).items() if signed.get(path) == content}
    assert {path for path in signed if path.startswith("signatures")} <= same
