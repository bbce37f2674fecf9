"""Steps over blocks as arrays: neighbours and runs that stop at a document's edge."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
PART = 512  # blocks multiplied together: in double precision, 4,000 would not fit into a processor's cache


def product(seen: Floats, weights: Floats, some: Ints | None = None) -> Floats:
    """Blocks × inputs times inputs × outputs, to the same last bit whatever other blocks there are; `some` are all inputs they can have.

    Hence in double precision: some processors round single sums otherwise for another number of blocks, and a record that is
    replayed without its dump must come out as it did among the others.
    """
    made = np.empty((weights.shape[1], len(seen)), np.float32)
    multiply(seen, weights, made, some)
    return made.T


def multiply(seen: Floats, weights: Floats, out: Floats, some: Ints | None = None) -> None:
    """Put the same into `out`: outputs × blocks."""
    columns, factors = seen.T, (weights if some is None else weights[some]).T.astype(np.float64)
    for low in range(0, len(seen), PART):
        part = columns[:, low : low + PART] if some is None else columns[some, low : low + PART]
        out[:, low : low + PART] = factors @ part.astype(np.float64)


def shift(values: NDArray[Any], by: int, owner: Ints, empty: float = 0.0) -> NDArray[Any]:
    """The value `by` blocks further on in the same document; `empty` beyond its edge."""
    out = np.full_like(values, empty)
    if abs(by) >= len(values):
        return out
    here, there = (slice(None, -by), slice(by, None)) if by > 0 else (slice(-by, None), slice(None, by))
    np.copyto(out[here], values[there], where=owner[here] == owner[there])
    return out


def moved(columns: Floats, by: int, owner: Ints, out: Floats) -> None:
    """Put into `out`, which holds zeros, the value of each column `by` blocks further on in the same document."""
    if abs(by) < len(owner):
        here, there = (slice(None, -by), slice(by, None)) if by > 0 else (slice(-by, None), slice(None, by))
        is_same = (owner[here] == owner[there]).astype(np.float32)
        np.multiply(columns[:, there], is_same, out=out[:, here])


def spans(owner: Ints) -> tuple[Ints, Ints]:
    """First block and number of blocks of each document that has any, in order."""
    if not len(owner):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    if owner[0] == owner[-1]:  # one document, the commonest call of all
        return np.zeros(1, np.int64), np.array([len(owner)])
    turns = true_at(owner[1:] != owner[:-1])
    edges = np.empty(len(turns) + 2, np.int64)
    edges[0], edges[-1] = 0, len(owner)
    np.add(turns, 1, out=edges[1:-1])
    return edges[:-1], edges[1:] - edges[:-1]


def true_at(hits: NDArray[Any]) -> Ints:
    """Where an array is true: of few, in a fifth of the time that `np.flatnonzero` takes to make sure that it has one dimension."""
    return hits.nonzero()[0]


def sums(values: NDArray[Any]) -> Ints:
    """The sum of the whole numbers before each, and at the end of all: a third of the time that `np.r_` and `np.append` take for few."""
    found = np.zeros(len(values) + 1, np.int64)
    values.cumsum(out=found[1:])
    return found


def steps(edges: Ints) -> Ints:
    """From each edge to the next."""
    return edges[1:] - edges[:-1]


def portions(sizes: Ints, owner: Ints, most: int) -> list[slice]:
    """The blocks of some documents at a time, of about `most` together: so what is made of them stays in the cache of a processor."""
    starts, _ = spans(owner)
    portion = (np.cumsum(sizes) - sizes)[starts] // most
    edges = [*starts[:1].tolist(), *starts[1:][portion[1:] != portion[:-1]].tolist(), len(owner)]
    return [slice(low, high) for low, high in pairwise(edges)]


def before(values: NDArray[Any], owner: Ints) -> Floats:
    """Sum of the values, whole numbers, of the blocks before each one in its document."""
    starts, lengths = spans(owner)
    values = values.astype(np.int64)  # added up in a fifth of the time
    total = values.cumsum() - values
    result: Floats = (total - total[starts].repeat(lengths)).astype(np.float32)
    return result


def whole(values: NDArray[Any], owner: Ints) -> Floats:
    """Sum of the values of the block's document."""
    starts, lengths = spans(owner)
    if not len(starts):
        return np.zeros(0, np.float32)
    return np.add.reduceat(values.astype(np.float64), starts).repeat(lengths).astype(np.float32)


def window(values: NDArray[Any], reach: int, owner: Ints) -> Floats:
    """Sum of the values, whole numbers, of `reach` blocks on the right, or on the left for a negative `reach`, without the block's own."""
    starts, lengths = spans(owner)
    index, total = np.arange(len(values)), np.zeros(len(values) + 1, np.int64)
    values.astype(np.int64).cumsum(out=total[1:])
    if reach > 0:
        low, high = index + 1, np.minimum(index + 1 + reach, (starts + lengths).repeat(lengths))
    else:
        low, high = np.maximum(index + reach, starts.repeat(lengths)), index
    result: Floats = (total[high] - total[low]).astype(np.float32)
    return result


def distance(hits: NDArray[np.bool_], owner: Ints, forward: bool) -> Floats:
    """Blocks to the nearest earlier (or later) hit in the document, the block itself not counted; inf where none."""
    if not len(hits):
        return np.zeros(0, np.float32)
    if forward:
        return distance(hits[::-1], owner[::-1], forward=False)[::-1]
    index, last = np.arange(len(hits)), np.full(len(hits) + 1, -1)
    np.maximum.accumulate(np.where(hits, index, -1), out=last[1:])
    last = last[:-1]
    starts, lengths = spans(owner)
    found = last >= starts.repeat(lengths)
    return np.where(found, index - last, np.inf).astype(np.float32)


def heaviest(weight: Floats, owner: Ints) -> Ints:
    """For every block the first block of its document that has the largest weight."""
    starts, lengths = spans(owner)
    if not len(starts):
        return starts
    hits = true_at(weight == np.maximum.reduceat(weight, starts).repeat(lengths))
    result: Ints = hits[hits.searchsorted(starts)].repeat(lengths)
    return result


def number(values: pa.Array) -> Floats:
    """A column of Arrow as numbers."""
    result: Floats = values.to_numpy(zero_copy_only=False).astype(np.float32)
    return result


def flag(values: pa.Array | np.ndarray) -> Floats:
    """1 where true; 0 where false or null."""
    if isinstance(values, np.ndarray):
        return values.astype(np.float32)
    result: Floats = pc.fill_null(values, False).to_numpy(zero_copy_only=False).astype(np.float32)
    return result
