"""The reference page: every field and the label of every line, through the reader and through the whole pipeline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk import explain, read
from copydesk.extraction import extract_records
from copydesk.pipeline import run_partition
from copydesk.raw.inputs import list_inputs
from copydesk.raw.reading import read_file
from copydesk.records import Origin, Record
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.storage import Storage

Row = dict[str, Any]


@pytest.fixture(scope="module")
def seed(checkout: Path) -> Path:
    folder = checkout.parent / "shared" / "seed"
    if not folder.is_dir():
        pytest.skip("the reference page is not part of the repository; it is expected in ../shared/seed")
    return folder


@pytest.fixture(scope="module")
def gold(seed: Path) -> Row:
    return json.loads((seed / "gold.json").read_text("utf-8"))


@pytest.fixture
def raw(seed: Path, tmp_path: Path) -> Path:
    day = tmp_path / "raw" / "2024-02-08"
    day.mkdir(parents=True)
    (day / "article.txt").write_bytes((seed / "article.txt").read_bytes())
    return tmp_path / "raw"


def source_of(gold: Row) -> Source:
    return Source.model_validate(
        {"name": gold["source"], "raw": "{key}/*", "format": "text", "timezone": gold["timezone"], "language": gold["language"]}
    )


def without_nulls(value: Any) -> Any:
    """What the gold file leaves out is null in a row."""
    if isinstance(value, dict):
        return {name: without_nulls(part) for name, part in value.items() if part is not None}
    return [without_nulls(part) for part in value] if isinstance(value, list) else value


def fields_of(row: Row) -> Row:
    found = {name: row[name] for name in ("title", "language", "authors", "agency", "standfirst", "images", "rails")}
    return without_nulls(found | {"published_at": row["published_at"].isoformat(), "body": row["paragraphs"]})


def expected_of(gold: Row) -> Row:
    return {name: value for name, value in gold.items() if name not in ("source", "timezone", "labels")}


def test_the_reader_and_the_engine_give_every_field(raw: Path, gold: Row, tmp_path: Path) -> None:
    settings = Settings(raw=str(raw), lake=str(tmp_path / "lake"), sources=str(tmp_path))
    source, storage = source_of(gold), Storage.open(settings.raw)
    (file,) = list_inputs(storage, source, "2024-02-08")
    (row,) = extract_records(read_file(storage, file, source, settings), source).to_pylist()

    assert row["reject_reason"] is None
    assert fields_of(row) == expected_of(gold)
    assert (row["published_precision"], row["published_zone"], row["published_clue"]) == ("minute", "Europe/London", "date line")


def test_every_line_has_its_label(seed: Path, gold: Row) -> None:
    record = {"id": "article", "content": (seed / "article.txt").read_bytes(), "media_type": "text/plain"}
    found = [{"line": row["ordinal"], "label": row["label"]} for row in explain(record).to_pylist()]

    assert found == gold["labels"]


def test_the_pipeline_publishes_every_field_and_every_cut_line(raw: Path, gold: Row, tmp_path: Path) -> None:
    settings = Settings(raw=str(raw), lake=str(tmp_path / "lake"), sources=str(tmp_path))
    run_partition(Run(source_of(gold), "2024-02-08", "test", settings))
    (row,) = read("clean", root=settings.lake).to_pylist()
    removed = read("removed", root=settings.lake).to_pylist()
    lines = {line["line"]: line["label"] for line in gold["labels"]}

    assert fields_of(row) == expected_of(gold)
    assert {cut["ordinal"]: cut["label"] for cut in removed} == {n: label for n, label in lines.items() if label != "body"}


def test_the_engine_needs_no_name_of_the_source(seed: Path, gold: Row) -> None:
    content = (seed / "article.txt").read_bytes()
    (row,) = extract_records([Record(content, "text/plain", Origin("any"))]).to_pylist()

    assert row["paragraphs"] == gold["body"]
