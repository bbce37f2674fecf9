"""What a block sees around it: its neighbours, the stretches beside it, the containers it lies in, the whole document.

Values lie in memory column by column, as features and layers do: a step over blocks is then a step over one piece of memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.labels.arrays import Floats, Ints, spans, true_at

Doubles = NDArray[np.float64]
STEPS = (-2, -1, 1, 2)
REACH = 8  # blocks in a stretch beside the block
DIRECTIONS = (-1, 1)
DISTANCES = (1, 2, 4)  # of STEPS, and of the steps in which a stretch is doubled
LEVELS = (0, 1, 3)  # its container, the one around that, and one further out


@dataclass(frozen=True, slots=True)
class Range:
    """Stretches of blocks, and which of them each block looks at."""

    low: Ints
    high: Ints
    of_block: Ints
    size: Floats  # by which a sum over the stretch is divided

    def sums(self, total: Doubles) -> Floats:
        """For each column and block the sum over its stretch, from the running `total` of the values."""
        return self._sums(total).astype(np.float32).take(self.of_block, axis=1)

    def means(self, total: Doubles, out: Floats) -> None:
        """Put into `out` for each column and block the mean over its stretch."""
        (self._sums(total) / self.size).astype(np.float32).take(self.of_block, axis=1, out=out, mode="clip")

    def _sums(self, total: Doubles) -> Doubles:
        return total.take(self.high, axis=1) - total.take(self.low, axis=1)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The stretches around every block of some documents."""

    owner: Ints
    containers: tuple[Range, ...]
    document: Range
    breaks: dict[int, Ints]  # by distance, the blocks of which the one so far on is of another document

    @property
    def ranges(self) -> tuple[Range, ...]:
        """Everything a block sees but its very neighbours."""
        return (*_beside(self.document), *self.containers, self.document)

    def views(self, values: Floats) -> Floats:
        """`values` of the neighbours, and their mean over every stretch, side by side: blocks × (views · columns)."""
        columns = np.ascontiguousarray(values.T)
        out = np.empty((len(columns) * (len(STEPS) + len(DIRECTIONS) + len(self.containers) + 1), len(values)), np.float32)
        self.view(columns, out)
        return out.T

    def view(self, columns: Floats, out: Floats) -> None:
        """Put the same into `out`, from values that lie column by column: (views · columns) × blocks."""
        seen = out.reshape(len(out) // len(columns), *columns.shape)
        for step, place in zip(STEPS, seen, strict=False):
            self._moved(columns, step, place)
        for direction, place in zip(DIRECTIONS, seen[len(STEPS) :], strict=False):
            self._moved(self._stretched(columns, direction), direction, place)
        if self.containers:
            total = running(columns)
            for container, place in zip(self.containers, seen[len(STEPS) + len(DIRECTIONS) :], strict=False):
                container.means(total, place)
        whole = np.add.reduceat(columns, self.document.low, axis=1, dtype=np.float64) / self.document.size
        whole.astype(np.float32).take(self.document.of_block, axis=1, out=seen[-1], mode="clip")

    def _moved(self, columns: Floats, by: int, out: Floats) -> None:
        """Put into `out` the values `by` blocks further on in the same document, and zero where there is none."""
        behind = max(len(self.owner) - by, 0)
        if by > 0:
            here, there, beyond = slice(None, behind), slice(by, None), slice(behind, None)
        else:
            here, there, beyond = slice(-by, None), slice(None, by), slice(None, -by)
        moved = out[:, here]
        moved[:] = columns[:, there]
        if len(breaks := self.breaks[abs(by)]):
            moved[:, breaks] = 0
        out[:, beyond] = 0

    def _stretched(self, columns: Floats, direction: int) -> Floats:
        """The mean over REACH blocks, each block's own and those behind or before it: doubled step by step, as `_beside` has it."""
        total, more, step = columns / np.float32(REACH), np.empty_like(columns), 1
        while step < REACH:
            self._moved(total, step * direction, more)
            total += more
            step *= 2
        return total


def running(columns: Floats) -> Doubles:
    """For each column the sum before each block, and of all at the end; in double precision, or long tables drift."""
    total = np.zeros((len(columns), columns.shape[1] + 1), np.float64)
    np.cumsum(columns, axis=1, dtype=np.float64, out=total[:, 1:])
    return total


def surroundings(blocks: pa.Table) -> Surroundings:
    """What the blocks of a table see, all of them of pages or all of texts; a text has no containers."""
    owner = blocks["document"].to_numpy().astype(np.int64)
    starts, lengths = spans(owner)
    document = Range(starts, starts + lengths, np.arange(len(starts)).repeat(lengths), lengths.astype(np.float32))
    lineage = _lineage(blocks, document) if blocks["container"].null_count < len(owner) else None
    containers = () if lineage is None else _subtrees(lineage, document)
    breaks = {step: true_at(owner[:-step] != owner[step:]) for step in DISTANCES}
    return Surroundings(owner, containers, document, breaks)


def _beside(document: Range) -> tuple[Range, Range]:
    """The blocks within reach before and after; at a document's edge the rest counts as empty."""
    first, end = document.low[document.of_block], document.high[document.of_block]
    index = np.arange(len(first))
    size = np.full(len(first), REACH, np.float32)
    before = Range(np.maximum(index - REACH, first), index, index, size)
    return before, Range(index + 1, np.minimum(index + 1 + REACH, end), index, size)


def _lineage(blocks: pa.Table, document: Range) -> Ints:
    """Levels × blocks: a number for each element around the block, nearest first, -1 where unknown."""
    enclosing = blocks["enclosing"].combine_chunks()
    out = np.full((max(LEVELS) + 1, len(document.of_block)), -1, np.int64)
    out[0] = pc.fill_null(blocks["container"].combine_chunks(), -1).to_numpy(zero_copy_only=False)
    edges, values = enclosing.offsets.to_numpy().astype(np.int64), enclosing.values.to_numpy()
    for level, elements in enumerate(out[1:]):
        known = true_at(edges[1:] - edges[:-1] > level)
        elements[known] = values[edges[known] + level]
    sizes = np.maximum.reduceat(out.max(axis=0), document.low) + 1
    return np.where(out >= 0, out + (np.cumsum(sizes) - sizes)[document.of_block], -1)


def _subtrees(lineage: Ints, document: Range) -> tuple[Range, ...]:
    """From the first to the last block below the element at each of LEVELS; the document where there is none."""
    index, size = np.arange(lineage.shape[1]), int(lineage.max()) + 1
    low, high = np.full(size + 1, len(index)), np.zeros(size + 1, np.int64)  # one more for what is not known
    for elements in lineage:  # the last of what is put in one place stays there
        first, last = np.full_like(low, len(index)), np.zeros_like(high)
        first[elements[::-1]], last[elements] = index[::-1], index + 1
        np.minimum(low, first, out=low)
        np.maximum(high, last, out=high)
    return tuple(_subtree(lineage[level], low, high, document) for level in LEVELS)


def _subtree(elements: Ints, low: Ints, high: Ints, document: Range) -> Range:
    """The stretches of the `elements` of blocks, from the first and behind the last block of every element."""
    known = elements >= 0
    is_met = np.zeros(len(low), bool)
    is_met[elements[known]] = True
    met = true_at(is_met)
    of_block = np.where(known, (np.cumsum(is_met) - 1)[elements], document.of_block + len(met))
    begins, ends = np.r_[low[met], document.low], np.r_[high[met], document.high]
    return Range(begins, ends, of_block, (ends - begins).astype(np.float32))
