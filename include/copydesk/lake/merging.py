"""Small parts become large ones: a reader must open each file, and on object storage ask for it, however little it holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.lake.manifest import Part
from copydesk.lake.parts import PART_BYTES, PartSeries, row_groups
from copydesk.schema import Dataset
from copydesk.storage import Storage

SMALL_BYTES = 16 << 20  # beside the reading of a larger one its opening is nothing
ID = "article_id"


class Placed(NamedTuple):
    """A part, where it lies, and where the ids lie whose rows are left out: of a large dump those are many, and few are read at once."""

    path: str
    part: Part
    without: str | None = None


Group = list[Placed]


def groups_of(storage: Storage, dataset: Dataset, parts: Iterable[Placed]) -> list[Group]:
    """The parts that hold rows, in their order: those that become one, together; one that is as it should be, alone.

    A part of another version of the schema stays as it is: to merge it might lose what this version does not know.
    """
    groups: list[Group] = []
    size = 0  # of the last group, while more may join it
    for placed in parts:
        if not placed.part.rows:
            continue
        is_open = _is_written_again(storage, dataset, placed)
        if is_open and size > 0 and size + placed.part.bytes <= PART_BYTES:
            groups[-1].append(placed)
            size += placed.part.bytes
        else:
            groups.append([placed])
            size = placed.part.bytes if is_open else 0
    return groups


def read_ids(storage: Storage, path: str) -> pa.Array:
    """The ids that lie there."""
    with storage.open_input(path) as stream, pa.ipc.open_stream(stream) as reader:
        return reader.read_all()[ID].combine_chunks()


def without_ids(rows: pa.Table, ids: pa.Array) -> pa.Table:
    """The rows of other ids."""
    return rows.filter(pc.invert(pc.is_in(rows[ID], ids)))


def is_settled(group: Group) -> bool:
    """Whether nothing of it is to be written again."""
    return len(group) == 1 and group[0].without is None


def merge(storage: Storage, folder: str, dataset: Dataset, group: Group) -> list[Placed]:
    """The rows of a group in as many parts as they need, written into `folder` unless it is settled."""
    if is_settled(group):
        return group
    left_out = 0
    with PartSeries(storage, folder, dataset) as series:
        for placed in group:
            ids = read_ids(storage, placed.without) if placed.without else None
            for rows in row_groups(storage, placed.path):
                wanted = rows if ids is None else without_ids(rows, ids)
                left_out += rows.num_rows - wanted.num_rows
                series.add(wanted)
        written = series.finish()
    if sum(part.rows for part in written) + left_out != sum(placed.part.rows for placed in group):
        raise OSError(f"{storage.uri_of(folder)}: merged into another number of rows; check the disk and run the step again")
    return [Placed(f"{folder}/{part.name}", part) for part in written]


def _is_written_again(storage: Storage, dataset: Dataset, placed: Placed) -> bool:
    if placed.without is not None:
        return True
    if placed.part.bytes >= SMALL_BYTES:
        return False
    with storage.open_random(placed.path) as stream, pq.ParquetFile(stream) as file:
        return bool(file.schema_arrow.equals(dataset.schema))
