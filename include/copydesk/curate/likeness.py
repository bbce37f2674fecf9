"""How much two articles share, judged by what was kept of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from copydesk.curate.sketches import KEPT_FACTS, KEPT_SHINGLES, SHINGLE_WORDS
from copydesk.curate.words import Flags, Integers

SHARED_AT_LEAST = 20  # runs of three words that the same text under another name has in common: two sentences may be a quotation
PAIRS_AT_ONCE = 1 << 14  # some 100 MB
DEVIATIONS = 2.0
HASHES = 2.0**32  # there are so many
MARGIN = 0.1  # by which facts may be fewer than words: an edit more often touches a figure than an "and"

Shares = npt.NDArray[np.float64]


class Overlap(NamedTuple):
    """Of each pair: how many values it shares, how many the smaller and both together have, and of how many hashes each is one.

    Of two long lists only the smallest hashes are known, one in so many of all they have.
    """

    shared: Integers
    smaller: Integers
    both: Integers
    one_in: Shares

    @property
    def all_shared(self) -> Shares:
        """About how many values they share in all."""
        return self.shared * self.one_in

    @property
    def containment(self) -> Shares:
        """The share of the smaller that stands in the other; 0 where there is nothing."""
        return self.shared / np.maximum(self.smaller, 1)

    @property
    def jaccard(self) -> Shares:
        """The share of all that both have."""
        return self.shared / np.maximum(self.both, 1)


class Likeness(NamedTuple):
    """Of each pair: how much text it shares, and whether its facts are as like as its words."""

    text: Overlap
    same_facts: Flags


def likeness(sketches: pa.Table, left: Integers, right: Integers) -> Likeness:
    """The likeness of the articles in rows `left` and `right`."""
    text = overlap(sketches["shingles"], left, right, KEPT_SHINGLES)
    kept_words = text.containment ** (1 / SHINGLE_WORDS)
    names = overlap(sketches["names"], left, right, KEPT_FACTS)
    numbers = overlap(sketches["numbers"], left, right, KEPT_FACTS)
    return Likeness(text, _as_many(names, kept_words) & _as_many(numbers, kept_words))


def _as_many(facts: Overlap, kept_words: Shares) -> Flags:
    """Whether as many facts as words were kept, give or take what is chance.

    Whoever edits a story leaves its names and figures. A match report has the words of another, and other names.
    """
    chance = np.sqrt(kept_words * (1 - kept_words) / np.maximum(facts.smaller, 1))
    flags: Flags = (facts.smaller == 0) | (facts.containment >= kept_words - MARGIN - DEVIATIONS * chance)
    return flags


def overlap(lists: pa.ChunkedArray, left: Integers, right: Integers, kept: int) -> Overlap:
    """What lists of smallest hashes share. A list of `kept` was cut: beyond its last hash nothing is known of it."""
    column = lists.combine_chunks()
    values, offsets = column.values.to_numpy(), column.offsets.to_numpy().astype(np.int64)
    pairs = np.stack([left, right], axis=1)
    starts = range(0, max(len(pairs), 1), PAIRS_AT_ONCE)
    parts = [_overlap(values, offsets, pairs[start : start + PAIRS_AT_ONCE], kept) for start in starts]
    return Overlap(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _overlap(values: npt.NDArray[np.uint32], offsets: Integers, pairs: Integers, kept: int) -> Overlap:
    begin, length = offsets[pairs], np.diff(offsets)[pairs]
    last = values[np.maximum(begin + length - 1, 0)] if len(values) else np.zeros(pairs.shape, np.uint32)
    limit = np.where(length == kept, last, np.uint32(0xFFFFFFFF)).min(axis=1)
    side = np.repeat(np.arange(pairs.size), length.ravel())
    place = np.arange(len(side)) - np.repeat(np.cumsum(length.ravel()) - length.ravel(), length.ravel())
    value = values[np.repeat(begin.ravel(), length.ravel()) + place]
    known = value <= limit[side // 2]
    sizes = np.bincount(side[known], minlength=pairs.size).reshape(pairs.shape)
    keys = np.sort(((side[known] // 2).astype(np.uint64) << np.uint64(32)) | value[known])
    twice = keys[1:][keys[1:] == keys[:-1]] >> np.uint64(32)
    shared = np.bincount(twice.astype(np.int64), minlength=len(pairs))
    return Overlap(shared, sizes.min(axis=1), sizes.sum(axis=1) - shared, HASHES / (limit.astype(np.float64) + 1))
