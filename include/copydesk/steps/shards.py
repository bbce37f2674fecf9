"""What `clean` leaves of a shard: a part for each dataset, and the list that says which parts count."""

from __future__ import annotations

from dataclasses import asdict
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.lake.manifest import Part
from copydesk.lake.parts import write_part
from copydesk.schema import CLEAN, QUARANTINE, REMOVED, Dataset
from copydesk.workdir import Workdir

PARTS = "parts.json"


class Sorted(NamedTuple):
    """The rows of a shard by what becomes of them."""

    clean: pa.Table
    quarantine: pa.Table
    removed: pa.Table


def keep(work: Workdir, shard: int, rows: Sorted) -> None:
    """Write the shard's parts, then their list: until that is there, what an earlier call left counts."""
    parts = {}
    for dataset, table in zip((CLEAN, QUARANTINE, REMOVED), rows, strict=True):
        parts[dataset.name] = asdict(write_part(work.storage, _folder(work, shard, dataset), dataset, table))
    work.write_json(work.shard(shard, PARTS), parts)


def part_of(work: Workdir, shard: int, dataset: Dataset) -> Part:
    """The part of a dataset that the shard contributes."""
    return Part(**work.read_json(work.shard(shard, PARTS))[dataset.name])


def part_path(work: Workdir, shard: int, dataset: Dataset) -> str:
    """Where that part lies, below the lake."""
    return f"{_folder(work, shard, dataset)}/{part_of(work, shard, dataset).name}"


def read_part(work: Workdir, shard: int, dataset: Dataset, columns: list[str] | None = None) -> pa.Table:
    """The rows of that part."""
    with work.storage.open_random(part_path(work, shard, dataset)) as stream:
        return pq.read_table(stream, columns=columns)


def _folder(work: Workdir, shard: int, dataset: Dataset) -> str:
    return work.path(work.shard(shard, dataset.name))
