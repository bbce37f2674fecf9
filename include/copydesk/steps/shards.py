"""What `clean` leaves of a shard: parts for each dataset, and the list that says which parts count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.lake.manifest import Part
from copydesk.lake.parts import PartSeries
from copydesk.schema import CLEAN, QUARANTINE, REMOVED, Dataset
from copydesk.workdir import Workdir

PARTS = "parts.json"


class Sorted(NamedTuple):
    """Rows by what becomes of them."""

    clean: pa.Table = CLEAN.schema.empty_table()
    quarantine: pa.Table = QUARANTINE.schema.empty_table()
    removed: pa.Table = REMOVED.schema.empty_table()


@contextmanager
def keeping(work: Workdir, shard: int) -> Iterator[Callable[[Sorted], None]]:
    """Take the shard's rows, some at a time. They count when the block has ended; until then what an earlier call left does."""
    with ExitStack() as stack:
        datasets = (CLEAN, QUARANTINE, REMOVED)
        folders = (work.path(work.shard(shard, dataset.name)) for dataset in datasets)
        opened = [PartSeries(work.storage, *place) for place in zip(folders, datasets, strict=True)]
        series = [stack.enter_context(one) for one in opened]

        def keep(rows: Sorted) -> None:
            for one, table in zip(series, rows, strict=True):
                if table.num_rows:
                    one.add(table)

        yield keep
        parts = {dataset.name: _listed(one) for dataset, one in zip(datasets, series, strict=True)}
        work.write_json(work.shard(shard, PARTS), parts)


def parts_of(work: Workdir, shard: int, dataset: Dataset) -> list[Part]:
    """The parts of a dataset that the shard contributes."""
    return [Part(**part) for part in work.read_json(work.shard(shard, PARTS))[dataset.name]]


def rows_of(work: Workdir, shard: int, dataset: Dataset) -> int:
    """How many rows those have."""
    return sum(part.rows for part in parts_of(work, shard, dataset))


def part_path(work: Workdir, shard: int, dataset: Dataset, part: Part) -> str:
    """Where a part lies, below the lake."""
    return f"{work.path(work.shard(shard, dataset.name))}/{part.name}"


def read_rows(work: Workdir, shard: int, dataset: Dataset, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """The rows of those parts in order, a row group at a time."""
    for part in parts_of(work, shard, dataset):
        with work.storage.open_random(part_path(work, shard, dataset, part)) as stream, pq.ParquetFile(stream) as file:
            for number in range(file.num_row_groups):
                yield file.read_row_group(number, columns=columns)


def _listed(series: PartSeries) -> list[dict[str, str | int]]:
    return [asdict(part) for part in series.finish()]
