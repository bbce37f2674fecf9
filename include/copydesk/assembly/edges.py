"""The lines where a text begins and ends: headlines, names and dates stand there, labelled or not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, repeat
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly.document import Block, labelled_rows
from copydesk.blocks.table import Segmented
from copydesk.labels.arrays import Ints
from copydesk.labels.labelling import Labelled
from copydesk.labels.names import KEPT, LABELS

PARAGRAPH_CHARS = 80  # a shorter line labelled as text may be the headline
ABOVE, BELOW, BEHIND = 14, 4, 3  # lines above and below the first paragraph, and behind the last


class Edges(NamedTuple):
    """What stands around the first paragraph and behind the last line of a text."""

    first: int  # ordinal of the first paragraph
    opening: list[Block]
    ending: list[Block]


def edges_of(segmented: Segmented, labelled: Labelled) -> Iterator[Edges]:
    """The edges of each document, in order."""
    blocks = segmented.blocks
    bounds = np.searchsorted(blocks["document"].to_numpy(), np.arange(segmented.documents.num_rows + 1))
    starts, ends = bounds[:-1], bounds[1:]
    kept, long = labelled_rows(labelled, KEPT), _paragraphs(blocks, labelled)
    begins = _next(kept, starts, np.minimum(starts + ABOVE, ends), ends)
    first = _next(long, starts, begins, ends)
    last = _before(kept, ends, ends, starts)
    opening = _taken(blocks, labelled, np.maximum(first - ABOVE, starts), np.minimum(first + BELOW, ends), starts)
    ending = _taken(blocks, labelled, np.minimum(last + 1, ends), np.minimum(last + 1 + BEHIND, ends), starts)
    return map(Edges, (first - starts).tolist(), opening, ending)


def _paragraphs(blocks: pa.Table, labelled: Labelled) -> Ints:
    """Rows of body text long enough to be no headline."""
    rows = labelled_rows(labelled, {"body"})
    lengths = pc.utf8_length(blocks["text"].take(pa.array(rows))).to_numpy()
    long: Ints = rows[lengths >= PARAGRAPH_CHARS]
    return long


def _next(rows: Ints, starts: Ints, otherwise: Ints, ends: Ints) -> Ints:
    """The first of `rows` from each start on, before its end."""
    found = np.append(rows, np.iinfo(np.int64).max)[np.searchsorted(rows, starts)]
    return np.where(found < ends, found, otherwise)


def _before(rows: Ints, ends: Ints, otherwise: Ints, starts: Ints) -> Ints:
    """The last of `rows` before each end, not before its start."""
    found = np.insert(rows, 0, -1)[np.searchsorted(rows, ends)]
    return np.where(found >= starts, found, otherwise)


def _taken(blocks: pa.Table, labelled: Labelled, low: Ints, high: Ints, starts: Ints) -> Iterator[list[Block]]:
    """The blocks from `low` to `high` of each document."""
    lengths = high - low
    edges = np.append(0, np.cumsum(lengths))
    rows = np.arange(edges[-1]) + np.repeat(low - edges[:-1], lengths)
    texts = blocks["text"].take(pa.array(rows)).to_pylist()
    names = [LABELS[label] for label in labelled.labels[rows].tolist()]
    ordinals, chances = (rows - np.repeat(starts, lengths)).tolist(), labelled.probabilities[rows].tolist()
    made = list(map(Block, ordinals, texts, names, chances, repeat(None), repeat(None)))
    return (made[a:b] for a, b in pairwise(edges.tolist()))
