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


def tokenize(text: pa.Array) -> Tokens:
    """Words of each block, folded to lower case, without punctuation."""
    folded = pc.replace_substring_regex(pc.utf8_lower(text), pattern=NOT_A_WORD, replacement=" ")
    lists = pc.split_pattern(pc.utf8_trim(folded, characters=" "), pattern=" ")
    words = pc.list_flatten(lists)
    block = pc.list_parent_indices(lists).to_numpy().astype(np.int64)
    encoded = pc.dictionary_encode(words)
    code = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return Tokens(block, code, len(encoded.dictionary) + 1, np.bincount(block, minlength=len(text)).astype(np.int64))


def shared_with(tokens: Tokens, other: Ints) -> Floats:
    """Share of each block's words that stand in block `other[i]` too; 0 where that is -1."""
    known = np.unique(tokens.block * tokens.size + tokens.code)
    target = other[tokens.block]
    return _share(tokens, _in(target * tokens.size + tokens.code, known) & (target >= 0))


def covers(tokens: Tokens, reference: Ints) -> Floats:
    """Share of the words of block `reference[i]` that stand in block i too: how far i says it again."""
    known = np.unique(tokens.block * tokens.size + tokens.code)
    wanted = reference[tokens.block] * tokens.size + tokens.code
    hits = np.unique(np.stack([tokens.block[m := _in(wanted, known) & (reference[tokens.block] >= 0)], tokens.code[m]]), axis=1)[
        0
    ]
    distinct = np.bincount(known // tokens.size, minlength=len(reference))
    found = np.bincount(hits, minlength=len(reference))
    total = np.where(reference >= 0, distinct[reference], 0)
    return (found / np.maximum(total, 1)).astype(np.float32)


def _share(tokens: Tokens, hit: np.ndarray) -> Floats:
    found = np.bincount(tokens.block, weights=hit, minlength=len(tokens.counts))
    return (found / np.maximum(tokens.counts, 1)).astype(np.float32)


def _in(values: Ints, known: Ints) -> np.ndarray:
    """Membership in a sorted array."""
    if not len(known):
        return np.zeros(len(values), bool)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return known[at] == values
