"""What a curation must know of each dump of `clean`, kept beside the lake in a file a source.

It is never believed against the lake: an entry counts where a listing shows just the files it names, and a manifest as long as the
one it was taken from. Names of parts stand for their content, and a manifest that leaves one of them out is shorter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from copydesk.curate.notices import Notices
from copydesk.lake.cache import VIEWS, keep, kept
from copydesk.lake.layout import partition_path
from copydesk.schema import CLEAN
from copydesk.storage import Storage

KEPT = f"{VIEWS}/clean"
MOST_IDS = 25_000_000  # of a source, 100 MB; where there are more, the files of its largest dumps are opened for every month
SIZES = pa.map_(pa.string(), pa.int64())
SCHEMA = pa.schema(
    [
        ("dump", pa.string()),
        ("months", pa.list_(pa.string())),
        ("rows", SIZES),
        ("manifest_bytes", pa.int64()),
        ("sizes", SIZES),
        ("withdrawn", pa.map_(pa.string(), pa.list_(pa.int64()))),
        ("ids", pa.list_(pa.uint32())),
    ],
    {"ids": "crc32"},  # a version that makes other numbers of them finds none
)

Numbers = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Partition:
    """One dump of one source, as its manifest describes it."""

    source: str
    dump: str
    months: frozenset[str]  # its articles were published in
    rows: Mapping[str, int]  # by the name of the part
    ids: Numbers | None = field(default=None, compare=False)  # of its articles; None where that is not kept
    withdrawn: Notices = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """Where it lies below the lake."""
        return partition_path(CLEAN, {"source": self.source, "dump": self.dump})

    def files(self, storage: Storage) -> list[str]:
        """The Parquet files that have rows, as the file system wants them."""
        return [storage.full(f"{self.folder}/{name}") for name, rows in self.rows.items() if rows]

    def may_hold(self, ids: Numbers) -> bool:
        """Whether one of the articles can be in it; of four thousand million that are not, one seems to be."""
        return self.ids is None or bool(np.isin(self.ids, ids).any())


@dataclass(frozen=True, slots=True)
class Listed:
    """The folder of a partition, as a listing shows it."""

    manifest_bytes: int
    sizes: Mapping[str, int]  # of the files beside the manifest


@dataclass(frozen=True, slots=True)
class Entry:
    """A partition, and the folder it was read from."""

    partition: Partition
    listed: Listed


Catalogue = dict[str, Entry]  # by dump


def numbers_of(ids: pa.Array | pa.ChunkedArray) -> Numbers:
    """A number for each article_id, of an eighth of its size."""
    return np.fromiter((crc32(one.encode()) for one in ids.to_pylist()), np.uint32, len(ids))


def read_catalogue(storage: Storage, source: str) -> Catalogue:
    """What is kept of a source's dumps; nothing where that is missing, damaged, or of another version."""
    content = kept(storage, _place(source))
    if content is None:
        return {}
    with pa.ipc.open_stream(content) as stream:
        table = stream.read_all() if stream.schema.equals(SCHEMA, check_metadata=True) else SCHEMA.empty_table()
    rows = table.drop_columns("ids").to_pylist()
    return {row["dump"]: _entry(source, row, ids) for row, ids in zip(rows, table["ids"], strict=True)}


def write_catalogue(storage: Storage, source: str, catalogue: Catalogue) -> None:
    """Keep this of a source's dumps, and nothing else."""
    entries = [*catalogue.values()]
    ids = _bounded([entry.partition.ids for entry in entries])
    rows = [_row(entry) | {"ids": each} for entry, each in zip(entries, ids, strict=True)]
    table = pa.table(
        {name: pa.array([row[name] for row in rows], SCHEMA.field(name).type) for name in SCHEMA.names}, schema=SCHEMA
    )
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, SCHEMA) as stream:
        stream.write_table(table)
    keep(storage, _place(source), sink.getvalue().to_pybytes())


def _bounded(ids: list[Numbers | None]) -> list[Numbers | None]:
    """Those of the smallest dumps that together are few enough."""
    sizes = np.array([0 if each is None else len(each) for each in ids])
    order = np.argsort(sizes, kind="stable")
    kept = set(order[np.cumsum(sizes[order]) <= MOST_IDS].tolist())
    return [each if place in kept else None for place, each in enumerate(ids)]


def _row(entry: Entry) -> dict[str, Any]:
    partition, listed = entry.partition, entry.listed
    return {
        "dump": partition.dump,
        "months": sorted(partition.months),
        "rows": [*partition.rows.items()],
        "manifest_bytes": listed.manifest_bytes,
        "sizes": [*listed.sizes.items()],
        "withdrawn": sorted(partition.withdrawn.items()),
    }


def _entry(source: str, row: Mapping[str, Any], ids: pa.ListScalar) -> Entry:
    numbers = ids.values.to_numpy() if ids.is_valid else None
    months, withdrawn = frozenset(row["months"]), {article: tuple(versions) for article, versions in row["withdrawn"]}
    partition = Partition(source, row["dump"], months, dict(row["rows"]), numbers, withdrawn)
    return Entry(partition, Listed(row["manifest_bytes"], dict(row["sizes"])))


def _place(source: str) -> str:
    return f"{KEPT}/source={quote(source, safe='')}.arrow"
