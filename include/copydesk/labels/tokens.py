"""Words of blocks as numbers, once, for every feature that compares texts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints

NOT_A_WORD = r"[^\pL\pN]+"


class Tokens(NamedTuple):
    """Every word of every block: which block it stands in, and its number in the common vocabulary."""

    block: Ints
    code: Ints
    size: int  # of the vocabulary
    counts: Ints  # words a block
    vocabulary: pa.Array

    def opening(self, words: int) -> Tokens:
        """The same for the first so many words of each block."""
        first = np.cumsum(self.counts) - self.counts
        near = np.arange(len(self.block)) - first[self.block] < words
        return self._replace(block=self.block[near], code=self.code[near], counts=np.minimum(self.counts, words))

    def keys(self) -> Ints:
        """Every word of a block as one number, sorted, each once."""
        keys = np.sort(self.block * self.size + self.code)
        return keys[np.r_[True, keys[1:] != keys[:-1]]] if len(keys) else keys


def fold(text: pa.Array) -> pa.Array:
    """Words in lower case with single spaces between them, without punctuation."""
    plain = pc.replace_substring_regex(pc.utf8_lower(text), pattern=NOT_A_WORD, replacement=" ")
    return pc.utf8_trim(plain, characters=" ")


def tokenize(text: pa.Array) -> Tokens:
    """Words of each block."""
    return split(fold(text))


def split(text: pa.Array) -> Tokens:
    """What single spaces separate; a null has no words."""
    lists = pc.split_pattern(text, pattern=" ")
    encoded = pc.dictionary_encode(pc.list_flatten(lists))
    block = pc.list_parent_indices(lists).to_numpy().astype(np.int64)
    code = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    counts = np.bincount(block, minlength=len(text)).astype(np.int64)
    return Tokens(block, code, len(encoded.dictionary) + 1, counts, encoded.dictionary)


def shared_with(tokens: Tokens, known: Ints, other: Ints) -> Floats:
    """Share of each block's words that stand in block `other[i]` too, 0 where that is -1; `known` are the keys of `tokens`."""
    target = other[tokens.block]
    return _share(tokens, _in(target * tokens.size + tokens.code, known) & (target >= 0))


def covers(tokens: Tokens, known: Ints, reference: Ints) -> Floats:
    """Share of the words of block `reference[i]` that stand in block i too: how far i says it again."""
    block, code = known // tokens.size, known % tokens.size
    target = reference[block]
    hit = _in(target * tokens.size + code, known) & (target >= 0)
    distinct = np.bincount(block, minlength=len(reference))
    total = np.where(reference >= 0, distinct[reference], 0)
    return (np.bincount(block[hit], minlength=len(reference)) / np.maximum(total, 1)).astype(np.float32)


def _share(tokens: Tokens, hit: np.ndarray) -> Floats:
    found = np.bincount(tokens.block, weights=hit, minlength=len(tokens.counts))
    return (found / np.maximum(tokens.counts, 1)).astype(np.float32)


def _in(values: Ints, known: Ints) -> np.ndarray:
    """Membership in a sorted array."""
    if not len(known):
        return np.zeros(len(values), bool)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    result: np.ndarray = known[at] == values
    return result
