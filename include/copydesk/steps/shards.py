"""What `clean` leaves of a shard: parts for each dataset, and the list that says which parts count, and which rows not.

A record whose id an earlier shard has is found when all shards are there. Its rows stay where they lie, and are left out by
whoever reads them: to write the parts anew was a twentieth of a large run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.lake.manifest import Part
from copydesk.lake.merging import ID, Placed, without_ids
from copydesk.lake.parts import PartSeries
from copydesk.schema import CLEAN, QUARANTINE, REMOVED, Dataset
from copydesk.workdir import Workdir

PARTS, REPEATED, FACTS_FILE = "parts.json", "repeated.arrow", "facts.arrow"
LEFT_OUT = "left_out"  # of `PARTS`: how many rows of each dataset have one of the ids in `REPEATED`
IDS = pa.schema([(ID, pa.string())])


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


def leave_out(work: Workdir, shard: int, ids: pa.Array, refused: Iterable[pa.Table]) -> None:
    """From now on the shard's articles of these ids are in its quarantine, as `refused` says, and what was cut from them nowhere."""
    with work.writing_tables(work.shard(shard, REPEATED), IDS) as write:
        write(pa.table([ids], schema=IDS))
    with PartSeries(work.storage, work.path(work.shard(shard, QUARANTINE.name)), QUARANTINE) as series:
        for rows in refused:
            series.add(rows)
        more = _listed(series)
    parts = _list(work, shard)
    numbers = {dataset.name: _count(work, shard, dataset, ids) for dataset in (CLEAN, REMOVED)}
    work.write_json(work.shard(shard, PARTS), parts | {QUARANTINE.name: [*parts[QUARANTINE.name], *more], LEFT_OUT: numbers})


def placed_parts(work: Workdir, shard: int, dataset: Dataset) -> list[Placed]:
    """The parts of a dataset that the shard contributes, and what of them does not count."""
    parts = _list(work, shard)
    folder = work.path(work.shard(shard, dataset.name))
    without = _left_out(work, shard) if parts.get(LEFT_OUT, {}).get(dataset.name) else None
    return [Placed(f"{folder}/{part['name']}", Part(**part), without) for part in parts[dataset.name]]


def rows_of(work: Workdir, shard: int, dataset: Dataset) -> int:
    """How many rows of a dataset the shard contributes."""
    parts = _list(work, shard)
    rows: int = sum(part["rows"] for part in parts[dataset.name]) - parts.get(LEFT_OUT, {}).get(dataset.name, 0)
    return rows


def read_rows(work: Workdir, shard: int, dataset: Dataset, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """Those rows in order, a row group at a time."""
    for path, _, without in placed_parts(work, shard, dataset):
        with work.storage.open_random(path) as stream, pq.ParquetFile(stream) as file:
            for number in range(file.num_row_groups):
                if without is None:
                    yield file.read_row_group(number, columns=columns)
                else:
                    wanted = None if columns is None else list(dict.fromkeys([*columns, ID]))
                    rows = without_ids(file.read_row_group(number, columns=wanted), without)
                    yield rows if columns is None else rows.select(columns)


def read_facts(work: Workdir, shard: int) -> Iterator[pa.Table]:
    """The rows of `quality.figures.FACTS` of its articles, of those that count."""
    without = _left_out(work, shard) if LEFT_OUT in _list(work, shard) else None
    for facts in work.read_tables(work.shard(shard, FACTS_FILE)):
        yield facts if without is None else without_ids(facts, without)


def _count(work: Workdir, shard: int, dataset: Dataset, ids: pa.Array) -> int:
    return sum(pc.sum(pc.is_in(rows[ID], ids)).as_py() or 0 for rows in read_rows(work, shard, dataset, [ID]))


def _left_out(work: Workdir, shard: int) -> pa.Array:
    return pa.concat_tables(work.read_tables(work.shard(shard, REPEATED)))[ID].combine_chunks()


def _list(work: Workdir, shard: int) -> dict[str, Any]:
    parts: dict[str, Any] = work.read_json(work.shard(shard, PARTS))
    return parts


def _listed(series: PartSeries) -> list[dict[str, str | int]]:
    return [asdict(part) for part in series.finish()]
