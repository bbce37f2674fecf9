"""The lines where texts begin and end: headlines, names and dates stand there, labelled or not."""

from __future__ import annotations

from itertools import repeat
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.assembly.document import Block
from copydesk.assembly.spans import ranges
from copydesk.blocks.table import Segmented, one_array
from copydesk.label_names import IS_KEPT, LABELS
from copydesk.labels.arrays import Floats, Ints, true_at
from copydesk.labels.decoding import Labels
from copydesk.labels.labelling import Labelled

BODY, TITLE = LABELS.index("body"), LABELS.index("title")
PARAGRAPH_CHARS = 80  # a shorter line labelled as text may be the headline
ABOVE, BELOW, BEHIND = 14, 4, 10  # lines above and below the first paragraph, and behind the last


class Lines(NamedTuple):
    """Lines of many documents, one document after the other, each array with an entry a line."""

    owner: Ints  # the document of each
    ordinals: Ints  # in it
    texts: pa.Array
    labels: Labels
    chances: Floats  # of the label
    lengths: Ints  # characters

    def take(self, places: Ints) -> Lines:
        """Some of them."""
        return Lines(
            self.owner[places],
            self.ordinals[places],
            self.texts.take(pa.array(places)),
            self.labels[places],
            self.chances[places],
            self.lengths[places],
        )

    def blocks(self) -> list[Block]:
        """The lines as blocks, without their links and times."""
        names = [LABELS[label] for label in self.labels.tolist()]
        columns = self.ordinals.tolist(), self.texts.to_pylist(), names, self.chances.tolist(), repeat(None), repeat(None)
        return list(map(Block, *columns))


class Edges(NamedTuple):
    """What stands around the first paragraph of each document, and behind the last line of its text."""

    first: Ints  # ordinal of the first paragraph
    opens: Ints  # ordinal of the first line around it
    behind: Ints  # ordinal of the first line behind the last of the text
    opening: Lines
    ending: Lines
    titles: Lines  # further up


def edges_of(segmented: Segmented, labelled: Labelled) -> Edges:
    """The edges of all documents."""
    lengths = labelled.features.lengths
    return find_edges(segmented.blocks, labelled.grounds, labelled.probabilities, lengths, segmented.documents.num_rows)


def find_edges(blocks: pa.Table, labels: Labels, chances: Floats, lengths: Ints, documents: int) -> Edges:
    """The same for blocks of so many documents, their labels, the probability and the length of each."""
    bounds = np.searchsorted(blocks["document"].to_numpy(), np.arange(documents + 1))
    starts, ends = bounds[:-1], bounds[1:]
    kept = true_at(IS_KEPT[labels] > 0)
    long = true_at((labels == BODY) & (lengths >= PARAGRAPH_CHARS))
    begins = _next(kept, starts, np.minimum(starts + ABOVE, ends), ends)
    first = _next(long, starts, begins, ends)
    behind = np.minimum(_before(kept, ends, starts) + 1, ends)
    opens = np.maximum(first - ABOVE, starts)

    def lines(rows: Ints, owner: Ints) -> Lines:
        texts = one_array(blocks["text"].take(pa.array(rows)))
        return Lines(owner, rows - starts[owner], texts, labels[rows], chances[rows], lengths[rows])

    opening = lines(*ranges(opens, np.minimum(first + BELOW, ends)))
    ending = lines(*ranges(behind, np.minimum(behind + BEHIND, ends)))
    rows = true_at(labels == TITLE)
    owner = np.searchsorted(ends, rows, "right")
    is_above = rows < opens[owner]
    return Edges(first - starts, opens - starts, behind - starts, opening, ending, lines(rows[is_above], owner[is_above]))


def _next(rows: Ints, starts: Ints, otherwise: Ints, ends: Ints) -> Ints:
    """The first of `rows` from each start on, before its end."""
    found = np.append(rows, np.iinfo(np.int64).max)[np.searchsorted(rows, starts)]
    return np.where(found < ends, found, otherwise)


def _before(rows: Ints, ends: Ints, starts: Ints) -> Ints:
    """The last of `rows` before each end, not before its start; else the end."""
    found = np.insert(rows, 0, -1)[np.searchsorted(rows, ends)]
    return np.where(found >= starts, found, ends)
