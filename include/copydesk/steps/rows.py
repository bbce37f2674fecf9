"""The rows of a run, all its shards together: which parts count, and which of their rows do not.

A record whose id an earlier shard has is found when all shards are there. Its rows stay where they lie, and are left out by
whoever reads them: to write the parts anew was a twentieth of a large run. What is found stands in a list of the run, and not
in those of the shards: an attempt at a shard that was taken for dead and ends late writes its own again, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.lake.manifest import Part
from copydesk.lake.merging import ID, Placed, read_ids, without_ids
from copydesk.lake.parts import PartSeries, row_groups
from copydesk.records import Reason, Stage
from copydesk.schema import CLEAN, QUARANTINE, REMOVED, Dataset
from copydesk.steps.plan import shard_numbers
from copydesk.steps.refusals import refuse
from copydesk.steps.repeats import Met
from copydesk.steps.shards import FACTS_FILE, PARTS, listed
from copydesk.workdir import Workdir

REPEATED = "repeated.arrow"
LEFT_OUT = "left_out"  # of a shard's entry in the list of the run: how many rows of each dataset have an id in `REPEATED`
IDS = pa.schema([(ID, pa.string())])
TOLD_OF_REFUSED = [name for name in CLEAN.schema.names if name in QUARANTINE.schema.names]

Listed = dict[str, Any]  # parts by dataset, and `LEFT_OUT`


def bring_together(work: Workdir) -> None:
    """Leaves the list of the run. Where two shards hold the same id, the earlier one keeps it."""
    met = Met()
    work.write_json(PARTS, [_brought(work, n, met) for n in shard_numbers(work)])


def placed_parts(work: Workdir, dataset: Dataset) -> list[Placed]:
    """The parts of a dataset in the order of the shards, and what of them does not count."""
    return [placed for n, found in enumerate(_lists(work)) for placed in _placed(work, n, found, dataset)]


def rows_of(work: Workdir, dataset: Dataset) -> int:
    """How many rows of a dataset the run has."""
    return sum(
        sum(part["rows"] for part in found[dataset.name]) - found.get(LEFT_OUT, {}).get(dataset.name, 0) for found in _lists(work)
    )


def read_rows(work: Workdir, dataset: Dataset, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """Those rows in order, a row group at a time."""
    for placed in placed_parts(work, dataset):
        yield from _read(work, placed, columns)


def read_facts(work: Workdir) -> Iterator[pa.Table]:
    """The rows of `quality.figures.FACTS` of the articles that count."""
    for n, found in enumerate(_lists(work)):
        ids = read_ids(work.storage, _repeated(work, n)) if LEFT_OUT in found else None
        for facts in work.read_tables(work.shard(n, FACTS_FILE)):
            yield facts if ids is None else without_ids(facts, ids)


def _brought(work: Workdir, shard: int, met: Met) -> Listed:
    """The shard's list as `clean` left it; with what is left out, where there is any."""
    found: Listed = work.read_json(work.shard(shard, PARTS))
    tables = _all_rows(work, shard, found, CLEAN, [ID])
    repeated = [table[ID].filter(pa.array(met.meet(table[ID]))) for table in tables]
    ids = pa.chunked_array(repeated, pa.string()).combine_chunks()
    return _without(work, shard, found, ids) if len(ids) else found


def _without(work: Workdir, shard: int, found: Listed, ids: pa.Array) -> Listed:
    """The list of which the articles of these ids are refused, and what was cut from them is nowhere."""
    with work.writing_tables(work.shard(shard, REPEATED), IDS) as write:
        write(pa.table([ids], schema=IDS))
    with PartSeries(work.storage, work.path(work.shard(shard, QUARANTINE.name)), QUARANTINE) as series:
        for rows in _all_rows(work, shard, found, CLEAN, TOLD_OF_REFUSED):
            series.add(refuse(rows.filter(pc.is_in(rows[ID], ids)), Stage.VALIDATE, Reason.DUPLICATE_ID))
        refused = listed(series)
    removed = sum(pc.sum(pc.is_in(rows[ID], ids)).as_py() or 0 for rows in _all_rows(work, shard, found, REMOVED, [ID]))
    left_out = {CLEAN.name: len(ids), REMOVED.name: removed}
    return found | {QUARANTINE.name: [*found[QUARANTINE.name], *refused], LEFT_OUT: left_out}


def _lists(work: Workdir) -> list[Listed]:
    """A list for each shard; of a run that an older version judged, which had no list of its own, as the shards have them."""
    lists: list[Listed] | None = work.read_json(PARTS)
    return lists if lists is not None else [work.read_json(work.shard(n, PARTS)) for n in shard_numbers(work)]


def _placed(work: Workdir, shard: int, found: Listed, dataset: Dataset) -> list[Placed]:
    folder = work.path(work.shard(shard, dataset.name))
    without = _repeated(work, shard) if found.get(LEFT_OUT, {}).get(dataset.name) else None
    return [Placed(f"{folder}/{part['name']}", Part(**part), without) for part in found[dataset.name]]


def _repeated(work: Workdir, shard: int) -> str:
    return work.path(work.shard(shard, REPEATED))


def _all_rows(work: Workdir, shard: int, found: Listed, dataset: Dataset, columns: Sequence[str]) -> Iterator[pa.Table]:
    """Every row that `clean` left of a shard, whether it counts or not."""
    for placed in _placed(work, shard, {dataset.name: found[dataset.name]}, dataset):
        yield from _read(work, placed, columns)


def _read(work: Workdir, placed: Placed, columns: Sequence[str] | None) -> Iterator[pa.Table]:
    if placed.without is None:
        yield from row_groups(work.storage, placed.path, columns)
        return
    ids, wanted = read_ids(work.storage, placed.without), None if columns is None else list(dict.fromkeys([*columns, ID]))
    for rows in row_groups(work.storage, placed.path, wanted):
        kept = without_ids(rows, ids)
        yield kept if columns is None else kept.select(columns)
