"""The rails that were cut, as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly.rail_lines import Rail, lines_of, read_rails
from copydesk.assembly.signs import CUES
from copydesk.blocks.table import Segmented
from copydesk.fields.urls import absolute
from copydesk.label_names import LABELS
from copydesk.labels.arrays import Ints
from copydesk.labels.labelling import Labelled
from copydesk.schema import RAIL, RAIL_ITEM

TEXT = "text/plain"


def rails(segmented: Segmented, labelled: Labelled) -> pa.Array:
    """Lists of links to other stories, for each document; in a page, lines without a link are none."""
    documents = segmented.documents
    rows = np.flatnonzero(labelled.labels == LABELS.index("rail"))
    texts, hrefs, document = (
        segmented.blocks[name].take(pa.array(rows)).combine_chunks() for name in ("text", "href", "document")
    )
    owner = document.to_numpy()
    lines = lines_of(texts, _addresses(hrefs, documents["url"].take(document)), labelled.features.says(CUES, rows))
    is_text = pc.equal(documents["media_type"], TEXT).to_pylist()
    found: list[Rail] = []
    counts = [0] * documents.num_rows
    for run in _runs(rows, owner):
        if len(run) > 1 and (is_text[owner[run.start]] or any(lines.urls[run.start : run.stop])):
            rails = list(read_rails(lines, run))
            counts[owner[run.start]] += len(rails)
            found += rails
    return _nested(counts, _structs(found), pa.list_(RAIL))


def _addresses(hrefs: pa.Array, bases: pa.ChunkedArray) -> list[str | None]:
    """Absolute where they can be made so."""
    if hrefs.null_count == len(hrefs):
        return [None] * len(hrefs)
    return [absolute(href, base) or href for href, base in zip(hrefs.to_pylist(), bases.to_pylist(), strict=True)]


def _runs(rows: Ints, owner: Ints) -> Iterator[range]:
    """Stretches of lines that stand together in one document, as positions in `rows`."""
    if not len(rows):
        return iter(())
    edges = np.flatnonzero((np.diff(rows) != 1) | (np.diff(owner) != 0)) + 1
    return map(range, [0, *edges.tolist()], [*edges.tolist(), len(rows)])


def _structs(rails: Sequence[Rail]) -> pa.Array:
    """Rails as Arrow has them, column by column: a dict for each item would take ten times as long."""
    columns = zip(*(rail.items for rail in rails), strict=True) if rails else ((), (), ())
    items = pa.StructArray.from_arrays(
        [pa.array(chain.from_iterable(column), pa.string()) for column in columns], fields=list(RAIL_ITEM)
    )
    counts = [len(rail.items.headlines) for rail in rails]
    headings, more = (pa.array([rail[at] for rail in rails], pa.string()) for at in range(2))
    return pa.StructArray.from_arrays([headings, more, _nested(counts, items, RAIL.field("items").type)], fields=list(RAIL))


def _nested(counts: Sequence[int], values: pa.Array, kind: pa.DataType) -> pa.Array:
    """Lists of so many of the values each."""
    return pa.ListArray.from_arrays(np.cumsum([0, *counts], dtype=np.int32), values, kind)
