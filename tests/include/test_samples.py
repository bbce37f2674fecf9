"""The sample dump through the whole pipeline, held against what its author says it holds."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from copydesk import read
from copydesk.pipeline import run_partition
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import find

Expected = dict[str, Any]
Key = tuple[str, str, str, int]  # source, day, file, ordinal

# Records with the field right, at least; raise a floor when the engine gets better, never lower one silently.
FLOORS = {
    "title": 82,
    "published_at": 82,
    "modified_at": 82,
    "language": 81,
    "authors": 81,
    "agency": 82,
    "standfirst": 79,
    "paragraphs": 70,
    "first_words": 79,
    "last_words": 75,
    "must_not_contain": 78,
    "rail_items": 82,
    "images": 82,
    "url": 83,
    "canonical_url": 83,
    "section": 83,
    "tags": 83,
    "free_to_read": 83,
}
# Where the expectation is null the record has nothing to judge.
OPEN_WHERE_NULL = {"rail_items", "section", "tags", "free_to_read"}


def _iso(row: Mapping[str, Any], field: str) -> str | None:
    found: datetime | None = row[field]
    return found.isoformat() if found else None


FOUND: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "published_at": lambda row: _iso(row, "published_at"),
    "modified_at": lambda row: _iso(row, "modified_at"),
    "paragraphs": lambda row: len(row["paragraphs"]),
    "rail_items": lambda row: sum(len(rail["items"]) for rail in row["rails"]),
    "images": lambda row: len(row["images"]),
    "url": lambda row: row["canonical_url"],  # the address its author states is without the trackers of the dump
    "first_words": lambda row: row["body"],
    "last_words": lambda row: row["body"],
    "must_not_contain": lambda row: row["body"],
}
AGREES: dict[str, Callable[[Any, Any], bool]] = {
    "first_words": lambda body, words: body.startswith(words),
    "last_words": lambda body, words: body.endswith(words),
    "must_not_contain": lambda body, lines: not any(line in body for line in lines),
}


def failures(articles: Mapping[Key, Mapping[str, Any]], expected: Iterable[Expected]) -> dict[str, list[str]]:
    """For each field, a line for each accepted record that has it wrong."""
    wrong: dict[str, list[str]] = defaultdict(list)
    for record in expected:
        row = articles.get(key_of(record))
        for field in FLOORS:
            if field not in record or (record[field] is None and field in OPEN_WHERE_NULL):
                continue
            found = FOUND.get(field, lambda row, field=field: row[field])(row) if row else None
            if row is None or not AGREES.get(field, lambda a, b: a == b)(found, record[field]):
                wrong[field].append(_line(record, field, found))
    return wrong


def key_of(record: Expected) -> Key:
    return record["source"], record["day"], record["file"], record.get("ordinal", 0)


def key_of_origin(source: str, day: str, row: Mapping[str, Any]) -> Key:
    return source, day, Path(row["origin_uri"]).name, row["origin_ordinal"]


def _line(record: Expected, field: str, found: Any) -> str:
    shown = found
    if isinstance(found, str) and field == "last_words":
        shown = "…" + found[-60:]
    elif isinstance(found, str) and field == "must_not_contain":
        shown = [line for line in record[field] if line in found]
    elif isinstance(found, str):
        shown = found[:90]
    where = f"{record['source']} {record['day']} {record['file']}#{record.get('ordinal', 0)}"
    return f"{where}: found {shown!r}, expected {record[field]!r}"


@pytest.fixture(scope="module")
def truth(checkout: Path) -> dict[str, Any]:
    return json.loads((checkout / "tests/data/samples.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def lake(checkout: Path, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Every day of every sample source, ingested."""
    lake = str(tmp_path_factory.mktemp("lake"))
    settings = Settings(raw=str(samples), lake=lake, sources=str(checkout / "include/sources"))
    for source in ("harbour_courier", "nordtor_zeitung", "veyrat_info"):
        for day in ("2026-11-01", "2026-11-02", "2026-11-03"):
            run_partition(Run(find(source, settings.sources), day, "test", settings))
    return lake


@pytest.fixture(scope="module")
def articles(lake: str) -> dict[Key, dict[str, Any]]:
    rows = read("clean", root=lake).to_pylist()
    return {key_of_origin(row["source"], row["dump"], row): row for row in rows}


def test_every_record_is_accepted_or_stopped_where_its_author_says(
    lake: str, articles: Mapping[Key, Any], truth: Mapping[str, Any]
) -> None:
    rows = read("quarantine", root=lake).to_pylist()
    stages = {key_of_origin(row["source"], row["dump"], row): row["stage"] for row in rows}
    found = {**dict.fromkeys(articles, "accepted"), **stages}
    wanted = {key_of(r): "accepted" if r["accepted"] else r["stage"] for r in truth["records"]}

    assert found == wanted
    assert len(articles) + len(rows) == len(wanted)


def test_runs_count_what_each_day_holds(lake: str, truth: Mapping[str, Any]) -> None:
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    for run in read("runs", root=lake).to_pylist():
        counts = {name: run[f"records_{name}"] for name in ("seen", "accepted", "rejected")}
        found[run["source"]][run["dump"]] = counts

    assert found == truth["records_per_source_and_day"]


@pytest.mark.parametrize("field", FLOORS)
def test_a_field_is_right_at_least_as_often_as_its_floor(
    field: str, articles: Mapping[Key, Any], truth: Mapping[str, Any]
) -> None:
    accepted = [record for record in truth["records"] if record["accepted"]]
    wrong = failures(articles, accepted)[field]

    assert len(accepted) - len(wrong) >= FLOORS[field], "\n".join(wrong)
