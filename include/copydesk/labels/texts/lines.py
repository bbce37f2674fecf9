"""The different lines of many blocks, looked at character by character: letters, ends, words, and numbers to know them again by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.fields.matching import lengths
from copydesk.labels.arrays import Floats, Ints
from copydesk.labels.texts.characters import MAX_CHARS, Characters, Hashes, characters
from copydesk.labels.texts.edges import edges
from copydesk.labels.texts.letters import count_letters
from copydesk.labels.texts.tokens import Tokens, joined, words

NUMBERED_CHARS = 400  # a longer line that repeats is a duplicate article, not a rail


class Lines(NamedTuple):
    """The different texts of some blocks; menus and datelines that come again are looked at once."""

    text: pa.Array
    counts: dict[str, Floats]
    edges: dict[str, Floats]
    tokens: Tokens
    lengths: Ints  # characters
    numbers: Hashes  # by which lines are known again

    def numbers_of_blocks(self) -> Hashes:
        """By which the line of each block is."""
        return self.numbers[self.tokens.text]


def look(text: pa.Array) -> Lines:
    """The distinct texts of the blocks, looked at character by character."""
    encoded = pc.dictionary_encode(text)
    looks = [
        (count_letters(found), edges(found), words(found), found.lengths, numbers(found))
        for found in characters(encoded.dictionary)
    ]
    counts, ends, tokens, sizes, known = zip(*looks, strict=True)
    every = joined(tokens, encoded.indices.to_numpy().astype(np.int64))
    length = _lengths(encoded.dictionary, np.concatenate(sizes))
    return Lines(encoded.dictionary, _together(counts), _together(ends), every, length, np.concatenate(known))


def numbers(found: Characters) -> Hashes:
    """A number of 64 bits for each text, the same on every machine. Figures count: date lines differ by nothing else."""
    result: Hashes = np.maximum(found.hashes(found.starts, found.starts + np.minimum(found.lengths, NUMBERED_CHARS)), 1)
    return result


def _lengths(texts: pa.Array, seen: Ints) -> Ints:
    """Characters of each text, of a very long one more than were seen."""
    return lengths(texts) if seen.max(initial=0) == MAX_CHARS else seen


def _together(parts: Sequence[dict[str, Floats]]) -> dict[str, Floats]:
    return parts[0] if len(parts) == 1 else {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
