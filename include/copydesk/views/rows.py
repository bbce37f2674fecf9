"""Single rows of large partitions: one narrow column first, then the row group that holds the row, a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.lake.layout import Given, partition_path
from copydesk.lake.manifest import load
from copydesk.lake.parts import row_groups
from copydesk.schema import Dataset
from copydesk.storage import Storage

BATCH_ROWS = 128  # whole articles, with all their text
PAGE_BYTES = 1 << 16  # read at a time: without, Arrow takes in whole columns of a row group


class Spot(NamedTuple):
    """Where a row stands."""

    path: str
    group: int
    row: int  # in its group


def part_paths(lake: Storage, dataset: Dataset, values: Given) -> list[str]:
    """The files of a partition; none where nothing was published."""
    folder = partition_path(dataset, values)
    manifest = load(lake, folder)
    return [f"{folder}/{part.name}" for part in manifest.parts if part.rows] if manifest else []


def spots(lake: Storage, paths: Iterable[str], ids: Sequence[str], column: str = "article_id") -> Iterator[tuple[str, Spot]]:
    """Where rows with one of the ids stand, each with its id; only that column is read."""
    wanted = pa.array(ids, pa.string())
    for path in paths:
        for group, rows in enumerate(row_groups(lake, path, [column])):
            values = rows[column]
            for row in pc.indices_nonzero(pc.is_in(values, wanted)).to_pylist():
                yield values[row].as_py(), Spot(path, group, row)


def rows_at(lake: Storage, found: Iterable[Spot], columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Some columns of some rows, file by file; a column that came after the file was written is null."""
    by_group: dict[tuple[str, int], list[int]] = {}
    for spot in found:
        by_group.setdefault((spot.path, spot.group), []).append(spot.row)
    for (path, group), rows in by_group.items():
        with lake.open_random(path) as stream, pq.ParquetFile(stream, buffer_size=PAGE_BYTES, pre_buffer=False) as file:
            yield from _rows(file, group, sorted(rows), columns)


def _rows(file: pq.ParquetFile, group: int, rows: list[int], columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    known = [name for name in columns if name in file.schema_arrow.names]
    first = 0
    for batch in file.iter_batches(BATCH_ROWS, row_groups=[group], columns=known):
        here = [row - first for row in rows if first <= row < first + batch.num_rows]
        for row in batch.take(pa.array(here, pa.int64())).to_pylist() if here else ():
            yield dict.fromkeys(columns) | row
        first += batch.num_rows
        if first > rows[-1]:
            return
