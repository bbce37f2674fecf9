"""Gold sets → blocks with features, in every form the engine meets them: the page, and texts made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.blocks.segment import segment
from copydesk.blocks.table import Segmented
from copydesk.fields.urls import host
from copydesk.labels.arrays import Floats, Ints
from copydesk.labels.features.matrix import Features, features
from copydesk.labels.networks.hand_set import load_hand_set
from copydesk.labels.networks.inputs import opinion
from copydesk.labels.repetition import Counts, counts_of
from copydesk.records import Origin, Record

MODES = {"html": "text/html", "text_full": "text/plain", "text_main": "text/plain"}
MAX_DEPTH = 512
Row = dict[str, Any]


class Lesson(NamedTuple):
    """The pages of one set in one form."""

    name: str
    mode: str
    rows: list[Row]
    sites: list[str]  # by page; pages of one site are never parted between training and test
    documents: pa.Table
    blocks: pa.Table
    counts: Counts  # how often lines stand in the set
    owner: Ints
    texts: list[str]
    features: Features
    prior: Floats
    is_short: bool = False  # pages that the set has whole, cut short

    @property
    def form(self) -> str:
        """Which networks read it."""
        return "html" if self.mode == "html" else "text"

    def span(self, page: int) -> slice:
        """The blocks of a page."""
        first, last = np.searchsorted(self.owner, [page, page + 1])
        return slice(int(first), int(last))


def lessons(folder: Path, modes: tuple[str, ...] = tuple(MODES)) -> Iterator[Lesson]:
    """Every set of `folder` in each of `modes`, also pages of which it does not tell the text: trees judge those."""
    for path in sorted(folder.glob("*.parquet")):
        rows = pq.read_table(path).to_pylist()
        for mode in modes:
            if rows:
                yield lesson(path.stem, mode, rows)


def lesson(name: str, mode: str, rows: list[Row]) -> Lesson:
    """The blocks of pages, with repetition counted over the pages of a host."""
    parts = segment([_record(row, mode) for row in rows], MAX_DEPTH)
    if parts.rejects:
        raise ValueError(f"{name}, {mode}: {len(parts.rejects)} pages cannot be read; take them out of the set")
    return cut(name, mode, rows, parts, counts_of([parts]))


def cut(name: str, mode: str, rows: list[Row], parts: Segmented, counts: Counts) -> Lesson:
    """The same of pages that are cut into blocks."""
    blocks = parts.blocks
    found = features(parts.documents, blocks, counts)
    return Lesson(
        name=name,
        mode=mode,
        rows=rows,
        sites=[host(row["url"]) or f"{name} {row['id']}" for row in rows],
        documents=parts.documents,
        blocks=blocks,
        counts=counts,
        owner=blocks["document"].to_numpy().astype(np.int64),
        texts=blocks["text"].to_pylist(),
        features=found,
        prior=opinion(load_hand_set(), found),
    )


def _record(row: Row, mode: str) -> Record:
    content = row[mode]
    return Record(
        content=content if isinstance(content, bytes) else content.encode(),
        media_type=MODES[mode],
        origin=Origin(uri=str(row["id"])),
        id=str(row["id"]),
        url=row["url"],
        crawl_date=str(row["crawl_date"]) if row["crawl_date"] else None,
    )


def part_of(site: str, parts: int) -> int:
    """Which part a site falls into, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(site.encode(), digest_size=8).digest()) % parts
