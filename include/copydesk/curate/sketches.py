"""What is kept of an article to compare it with others: a few hundred numbers instead of its text."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from copydesk.curate.words import Flags, Hashes, Integers, Words, words_of

SHINGLE_WORDS = 3
UNSPACED_WORDS = 6  # characters, about as much as three words
KEPT_SHINGLES = 128  # the smallest hashes: of equal texts the same, and of texts that share a half, half of them
KEPT_FACTS = 64
EQUAL_WORDS = 8  # a text shorter than this is equal to others by chance

SKETCH = pa.schema(
    [
        ("text_hash", pa.int64()),
        ("shingles", pa.list_(pa.uint32())),
        ("names", pa.list_(pa.uint32())),
        ("numbers", pa.list_(pa.uint32())),
    ]
)
MIXER = np.uint64(0x9E3779B97F4A7C15)
ROUNDS = ((np.uint64(32), np.uint64(0xD6E8FEB86659FD93)), (np.uint64(29), np.uint64(0xBF58476D1CE4E5B9)))


def sketch(paragraphs: pa.ChunkedArray) -> pa.Table:
    """A row in `SKETCH` for each article's list of paragraphs."""
    lists = paragraphs.combine_chunks()
    count = len(lists)
    words = words_of(lists)
    told = words.where(words.in_long)
    shingles, article = _shingles(told)
    columns = [
        _text_hashes(words, count),
        _smallest(shingles, article, count, KEPT_SHINGLES),
        _facts(told, told.is_name, count),
        _facts(told, told.is_number, count),
    ]
    return pa.table(columns, schema=SKETCH)


def _shingles(words: Words) -> tuple[Hashes, Integers]:
    """Every run of words of an article as (hash, article)."""
    short = _runs(words, SHINGLE_WORDS, ~words.is_unspaced)
    wide = _runs(words, UNSPACED_WORDS, words.is_unspaced)
    return np.concatenate([short[0], wide[0]]), np.concatenate([short[1], wide[1]])


def _runs(words: Words, length: int, begins: Flags) -> tuple[Hashes, Integers]:
    """The runs of so many words that begin at some of them and end in the same article."""
    starts = max(len(words.value) - length + 1, 0)
    within = begins[:starts] & (words.article[:starts] == words.article[length - 1 :][:starts])
    start = np.flatnonzero(within)
    value = words.value[start]
    for step in range(1, length):
        value = value * MIXER + words.value[start + step]
    return _mixed(value), words.article[start]


def _mixed(values: Hashes) -> Hashes:
    """Each bit of the result depends on each of the value."""
    for shift, factor in ROUNDS:
        values = (values ^ (values >> shift)) * factor
    return values ^ (values >> np.uint64(32))


def _text_hashes(words: Words, count: int) -> pa.Array:
    """One number for the whole text, short paragraphs included; null where it has hardly any words."""
    length = np.bincount(words.article, minlength=count)
    place = np.arange(len(words.value)) - (np.cumsum(length) - length)[words.article]
    placed = _mixed(words.value + place.astype(np.uint64) * MIXER)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(placed)])
    ends = np.cumsum(length)
    return pa.array((sums[ends] - sums[ends - length]).view(np.int64), mask=length < EQUAL_WORDS)


def _facts(words: Words, chosen: Flags, count: int) -> pa.ListArray:
    return _smallest(_mixed(words.value[chosen]), words.article[chosen], count, KEPT_FACTS)


def _smallest(values: Hashes, article: Integers, count: int, kept: int) -> pa.ListArray:
    """The smallest different values of each article, in order."""
    keys = np.sort((article.astype(np.uint64) << np.uint64(32)) | (values & np.uint64(0xFFFFFFFF)))
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)]]
    owner = (keys >> np.uint64(32)).astype(np.int64)
    length = np.bincount(owner, minlength=count)
    rank = np.arange(len(keys)) - (np.cumsum(length) - length)[owner]
    keys, ends = keys[rank < kept], np.cumsum(np.minimum(length, kept))
    offsets: npt.NDArray[np.int32] = np.concatenate([[0], ends]).astype(np.int32)
    return pa.ListArray.from_arrays(offsets, pa.array(keys.astype(np.uint32)))
