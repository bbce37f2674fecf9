"""The first articles of a dump, published or held, from a few columns of the first rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyarrow.parquet as pq

from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import load
from copydesk.lake.retrying import until_undisturbed
from copydesk.run import Run
from copydesk.schema import CLEAN
from copydesk.steps.rows import read_rows, rows_of
from copydesk.storage import Storage

COUNT = 100
COLUMNS = ["article_id", "title", "published_at", "word_count", "page_type", "label_confidence"]


def first_articles(storage: Storage, source: str, dump: str, count: int = COUNT) -> tuple[list[dict[str, Any]], int]:
    """The first published articles of the dump, and how many there are."""
    folder = partition_path(CLEAN, {"source": source, "dump": dump})

    def look() -> tuple[list[dict[str, Any]], int]:
        manifest = load(storage, folder)
        if manifest is None:
            return [], 0
        paths = (f"{folder}/{part.name}" for part in manifest.parts)
        return list(islice(_rows(storage, paths, count), count)), manifest.rows

    return until_undisturbed(look)


def held_articles(run: Run, count: int = COUNT) -> tuple[list[dict[str, Any]], int]:
    """The same of a run that is held: nobody else sees them yet."""
    rows = (row for table in read_rows(run.work, CLEAN, COLUMNS) for row in table.to_pylist())
    return list(islice(rows, count)), rows_of(run.work, CLEAN)


def _rows(storage: Storage, paths: Iterable[str], count: int) -> Iterator[dict[str, Any]]:
    for path in paths:
        with storage.open_random(path) as stream, pq.ParquetFile(stream) as file:
            for batch in file.iter_batches(count, columns=COLUMNS, use_threads=False):
                yield from batch.to_pylist()
