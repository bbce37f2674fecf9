"""An article that must go, as docs/operations/withdrawals.md says to take it out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyarrow.parquet as pq

from copydesk import pipeline
from copydesk.pipeline import run_partition
from desks import Desk, line

DAYS = "2026-11-03", "2026-11-04"
NAMED = "Council repaints bench number 2"


def arrive(desk: Desk, day: str, *rows: dict[str, Any]) -> None:
    """The dump of a day comes, is read, and is brought together with the others."""
    folder = desk.raw / day
    folder.mkdir(exist_ok=True)
    (folder / "0.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    run = replace(desk.run(), key=day)
    run_partition(run)
    pipeline.curate("2026-11", run.settings)


def holding(desk: Desk, text: str) -> Iterator[str]:
    """Datasets and folders of the lake that have a file with the text in it."""
    lake = desk.root / "lake"
    for file in filter(lambda path: path.is_file(), lake.rglob("*")):
        said = (
            str(pq.read_table(file, partitioning=None).to_pydict())
            if file.suffix == ".parquet"
            else file.read_bytes().decode("utf-8", "replace")
        )
        if text in said:
            yield file.relative_to(lake).parts[0]


def test_an_article_taken_out_of_the_raw_files_is_nowhere_in_the_lake_once_its_days_are_run_again(desk: Desk) -> None:
    corrected = line(2)["content"].replace("every bench", "every second bench")
    arrive(desk, DAYS[0], *(line(n) for n in range(5)))
    arrive(desk, DAYS[1], line(2, content=corrected), line(7))
    assert set(holding(desk, NAMED)) == {"clean", "articles", "article_versions", "removed"}

    arrive(desk, DAYS[0], *(line(n) for n in range(5) if n != 2))
    arrive(desk, DAYS[1], line(7))
    assert list(holding(desk, NAMED)) == []
    assert len(desk.rows("articles")) == 5
