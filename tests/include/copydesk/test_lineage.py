from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copydesk import pipeline
from copydesk.lineage import MAX_FILES_NAMED, of_curation, of_ingest
from copydesk.pipeline import run_partition
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.storage import Storage

DAY = "2026-11-03"
SOURCE = Source.model_validate({"name": "paper", "raw": "{key}/**/*", "format": "jsonl", "on_missing": "empty"})
PARAGRAPH = "The council of Northbank {n} voted on Monday to repaint every bench in its park, which will take {n} days."


def page(n: int, day: str) -> str:
    text = "".join(f"<p>{PARAGRAPH.format(n=n + k)}</p>" for k in range(3))
    stamp = f"{day}T10:00:00Z"
    html = f'<article><h1>Bench number {n} repainted</h1><time datetime="{stamp}">{stamp}</time>{text}</article>'
    return json.dumps({"url": f"https://paper.example/{n}", "content": html})


@pytest.fixture
def settings(roots: Path) -> Settings:
    (roots / "raw").mkdir()
    return Settings(raw=str(roots / "raw"), lake=str(roots / "lake"), sources=str(roots), processes=1)


@pytest.fixture
def ingest(settings: Settings) -> Callable[..., Run]:
    """Run a dump with these files, by name; the run."""

    def ingest(files: dict[str, str], run_id: str = "one") -> Run:
        for name, text in files.items():
            file = Path(settings.raw) / DAY / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        run = Run(SOURCE, DAY, run_id, settings)
        run_partition(run)
        return run

    return ingest


def names(settings: Settings, written: Any) -> dict[str, tuple[int, int]]:
    """Rows and files by path below the lake."""
    return {one.uri.removeprefix(f"{settings.lake}/"): (one.rows, one.files) for one in written}


def test_a_run_names_the_raw_files_it_read_and_the_partitions_it_wrote(ingest, settings):
    run = ingest({"a.jsonl": f"{page(1, '2026-11-02')}\n{{broken", "b/c.jsonl": page(2, "2026-11-03")})
    found = of_ingest(run)
    assert found.read == (f"{settings.raw}/{DAY}/a.jsonl", f"{settings.raw}/{DAY}/b/c.jsonl")
    written = names(settings, found.written)
    place = f"source=paper/dump={DAY}"
    assert list(written) == [f"clean/{place}", f"quarantine/{place}", f"removed/{place}"]
    assert written[f"clean/{place}"] == (2, 1)
    assert written[f"quarantine/{place}"] == (1, 1)
    assert all(Path(one.uri).is_dir() and one.bytes > 0 for one in found.written)


def test_a_folder_of_many_files_is_named_itself(ingest, settings):
    many = {f"many/{n}.jsonl": page(n, "2026-11-02") for n in range(MAX_FILES_NAMED + 1)}
    found = of_ingest(ingest({"one.jsonl": page(1000, "2026-11-02"), **many}))
    assert found.read == (f"{settings.raw}/{DAY}/many", f"{settings.raw}/{DAY}/one.jsonl")


def test_each_run_names_the_files_it_read_itself(ingest, settings):
    first = ingest({"a.jsonl": page(1, "2026-11-02")})
    second = ingest({"b.jsonl": page(2, "2026-11-02")}, "two")
    assert of_ingest(first).read == (f"{settings.raw}/{DAY}/a.jsonl",)
    assert of_ingest(second).read == (f"{settings.raw}/{DAY}/a.jsonl", f"{settings.raw}/{DAY}/b.jsonl")


def test_an_empty_day_was_written_from_nothing(ingest, settings):
    found = of_ingest(ingest({}))
    assert found.read == ()
    assert [one.rows for one in found.written] == [0, 0, 0]


def test_a_curation_names_the_dumps_that_hold_articles_of_the_month_and_its_days(ingest, settings):
    ingest({"a.jsonl": "\n".join([page(1, "2026-10-31"), page(2, "2026-11-01"), page(3, "2026-11-02"), page(4, "2026-11-02")])})
    for month in ("2026-10", "2026-11"):
        pipeline.curate(month, settings)
    found = of_curation(Storage.open(settings.lake), "2026-11")
    assert found.read == (f"{settings.lake}/clean/source=paper/dump={DAY}",)
    assert names(settings, found.written) == {
        "articles/published_date=2026-11-01": (1, 1),
        "articles/published_date=2026-11-02": (2, 1),
    }
    assert of_curation(Storage.open(settings.lake), "2026-12").read == ()
