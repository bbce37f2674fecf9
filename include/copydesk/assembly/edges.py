"""The lines where a text begins and ends: headlines, names and dates stand there, labelled or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise, repeat
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly.document import Block
from copydesk.blocks.table import Segmented
from copydesk.label_names import IS_KEPT, LABELS
from copydesk.labels.arrays import Floats, Ints
from copydesk.labels.choice import Labels
from copydesk.labels.labelling import Labelled

BODY = LABELS.index("body")
PARAGRAPH_CHARS = 80  # a shorter line labelled as text may be the headline
ABOVE, BELOW, BEHIND = 14, 4, 10  # lines above and below the first paragraph, and behind the last


class Edges(NamedTuple):
    """What stands around the first paragraph and behind the last line of a text: blocks without their links and times."""

    first: int  # ordinal of the first paragraph
    opening: list[Block]
    ending: list[Block]


def edges_of(segmented: Segmented, labelled: Labelled) -> Iterator[Edges]:
    """The edges of each document, in order."""
    return find_edges(segmented.blocks, labelled.labels, labelled.probabilities, segmented.documents.num_rows)


def find_edges(blocks: pa.Table, labels: Labels, chances: Floats, documents: int) -> Iterator[Edges]:
    """The same for blocks of so many documents, their labels and the probability of each."""
    bounds = np.searchsorted(blocks["document"].to_numpy(), np.arange(documents + 1))
    starts, ends = bounds[:-1], bounds[1:]
    kept, long = np.flatnonzero(IS_KEPT[labels] > 0), _paragraphs(blocks, labels)
    begins = _next(kept, starts, np.minimum(starts + ABOVE, ends), ends)
    first = _next(long, starts, begins, ends)
    behind = np.minimum(_before(kept, ends, starts) + 1, ends)
    made = _maker(blocks, labels, chances, starts)
    opening = made(np.maximum(first - ABOVE, starts), np.minimum(first + BELOW, ends))
    ending = made(behind, np.minimum(behind + BEHIND, ends))
    return map(Edges, (first - starts).tolist(), opening, ending)


def _paragraphs(blocks: pa.Table, labels: Labels) -> Ints:
    """Rows of body text long enough to be no headline."""
    rows = np.flatnonzero(labels == BODY)
    lengths = pc.utf8_length(blocks["text"].take(pa.array(rows))).to_numpy()
    long: Ints = rows[lengths >= PARAGRAPH_CHARS]
    return long


def _next(rows: Ints, starts: Ints, otherwise: Ints, ends: Ints) -> Ints:
    """The first of `rows` from each start on, before its end."""
    found = np.append(rows, np.iinfo(np.int64).max)[np.searchsorted(rows, starts)]
    return np.where(found < ends, found, otherwise)


def _before(rows: Ints, ends: Ints, starts: Ints) -> Ints:
    """The last of `rows` before each end, not before its start; else the end."""
    found = np.insert(rows, 0, -1)[np.searchsorted(rows, ends)]
    return np.where(found >= starts, found, ends)


def _maker(blocks: pa.Table, labels: Labels, chances: Floats, starts: Ints) -> Callable[[Ints, Ints], Iterator[list[Block]]]:
    """Makes the blocks from one row to another, for each document."""

    def made(low: Ints, high: Ints) -> Iterator[list[Block]]:
        lengths = high - low
        edges = np.append(0, np.cumsum(lengths))
        rows = np.arange(edges[-1]) + np.repeat(low - edges[:-1], lengths)
        ordinals, texts = rows - np.repeat(starts, lengths), blocks["text"].take(pa.array(rows)).to_pylist()
        names = [LABELS[label] for label in labels[rows].tolist()]
        found = list(map(Block, ordinals.tolist(), texts, names, chances[rows].tolist(), repeat(None), repeat(None)))
        return (found[a:b] for a, b in pairwise(edges.tolist()))

    return made
