"""Pairs of articles worth comparing: those that share runs of words which few others have."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.words import Flags, Hashes, Integers

LOOKED_UP = 64  # of each article's shingles, the smallest hashes
SHARED_AT_LEAST = 2  # of those
BOILERPLATE = 50  # a run of words in more articles than this says nothing of any of them, unless each source has it once
EACH = 7  # articles with the same run of words that are all compared with each other
LEADERS = 2  # of more than these each is compared with the first ones, and with the ones just before

Pairs = tuple[Integers, Integers]  # earlier article, later article


def candidates(shingles: pa.ListArray, source: Integers) -> Pairs:
    """Pairs of articles by their rows, which are in order of time, each pair once and in order."""
    hashes, article = _looked_up(shingles)
    count = max(len(shingles), 1)
    pairs, shared = np.unique(_shared(hashes, article, source) if len(hashes) else article, return_counts=True)
    early, late = np.divmod(pairs[shared >= SHARED_AT_LEAST], count)
    return early, late


def _looked_up(shingles: pa.ListArray) -> tuple[Hashes, Integers]:
    """The smallest shingles as (hash, article), in that order."""
    values = pc.list_flatten(shingles).to_numpy()
    article = pc.list_parent_indices(shingles).to_numpy().astype(np.int64)
    length = np.bincount(article, minlength=len(shingles))
    rank = np.arange(len(values)) - (np.cumsum(length) - length)[article]
    chosen = rank < LOOKED_UP
    keys = np.sort((values[chosen].astype(np.uint64) << np.uint64(32)) | article[chosen].astype(np.uint64))
    return keys >> np.uint64(32), (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _shared(hashes: Hashes, article: Integers, source: Integers) -> Integers:
    """One number, early * articles + late, for each run of words that two articles are compared for."""
    first, length = _groups(hashes)
    telling = (length > 1) & ((length <= BOILERPLATE) | _once_a_source(first, length, source[article]))
    first, length = first[telling], length[telling]
    row = np.repeat(first, length) + _places(length)
    place, last = _places(length), np.repeat(length, length)
    begin = np.repeat(first, length)
    found = []
    for step in range(1, EACH):
        near = (place >= step) & ((last <= EACH) | (step <= LEADERS))
        found.append((row[near] - step, row[near]))
    for leader in range(LEADERS):
        far = (last > EACH) & (place > leader + LEADERS)
        found.append((begin[far] + leader, row[far]))
    many = np.int64(len(source))
    return np.concatenate([article[early] * many + article[late] for early, late in found])


def _groups(hashes: Hashes) -> Pairs:
    """Where each run of equal hashes begins, and how long it is."""
    first = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    return first, np.diff(first, append=len(hashes))


def _places(lengths: Integers) -> Integers:
    """0, 1, 2, … within each group."""
    places: npt.NDArray[np.int64] = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return places


def _once_a_source(first: Integers, length: Integers, source: Integers) -> Flags:
    """Whether the articles of a long group come from about as many sources, as an agency's story does."""
    flags = np.zeros(len(first), dtype=bool)
    for group in np.flatnonzero(length > BOILERPLATE):
        sources = len(np.unique(source[first[group] : first[group] + length[group]]))
        flags[group] = length[group] <= 2 * sources
    return flags
