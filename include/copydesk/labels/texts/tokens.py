"""Words of blocks as numbers, once, for every feature that looks at words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Ints, steps, sums, true_at
from copydesk.labels.texts.characters import WORD, Characters, Hashes, characters, powers


class Tokens(NamedTuple):
    """The words of texts, in lower case, each as a number; blocks that say the same share a text."""

    code: Hashes  # of each word, text after text
    letters: Ints  # of each word
    counts: Ints  # words of each text
    text: Ints  # of each block

    def texts(self) -> Ints:
        """The text that each word stands in."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def firsts(self) -> Ints:
        """The place in `code` of the first word of each text."""
        return np.cumsum(self.counts) - self.counts

    def by_block(self, firsts: Ints | None = None) -> tuple[Ints, Ints]:
        """For each word of each block, the block, and the word's place in `code`; a caller that asks for many parts passes the `firsts`."""
        firsts, counts = self.firsts() if firsts is None else firsts, self.counts[self.text]
        block = np.repeat(np.arange(len(self.text)), counts)
        place = np.arange(len(block)) + (firsts[self.text] - np.cumsum(counts) + counts).take(block)
        return block, place

    def opening(self, words: int) -> Tokens:
        """The same for the first so many words of each text."""
        if self.counts.max(initial=0) <= words:
            return self
        counts = np.minimum(self.counts, words)
        place = np.arange(counts.sum()) + np.repeat(self.firsts() - np.cumsum(counts) + counts, counts)
        return self._replace(code=self.code[place], letters=self.letters[place], counts=counts)

    def longer_than(self, letters: int) -> Tokens:
        """The same for the words of more letters."""
        keep = true_at(self.letters > letters)
        counts = steps(keep.searchsorted(sums(self.counts)))
        return self._replace(code=self.code[keep], letters=self.letters[keep], counts=counts)

    def joined(self) -> tuple[Hashes, Ints]:
        """Each text's words as one, without what stands between them, and how long that is."""
        behind, edge = sums(self.letters), sums(self.counts)
        before = behind[:-1] - np.repeat(behind[edge[:-1]], self.counts)
        total = np.zeros(len(self.code) + 1, np.uint64)
        np.cumsum(self.code * powers(int(before.max(initial=0)) + 1)[before], out=total[1:])
        return total[edge[1:]] - total[edge[:-1]], behind[edge[1:]] - behind[edge[:-1]]


def words(found: Characters, apart: int = 0) -> Tokens:
    """Letters and figures that stand together, without those of the kind `apart`."""
    inside = (found.kinds & WORD) > 0
    if apart:
        inside &= (found.kinds & apart) == 0
    turns = (inside[1:] != inside[:-1]).nonzero()[0] + 1
    low, high = turns[::2], turns[1::2]
    return Tokens(found.hashes(low, high), high - low, steps(low.searchsorted(found.edges)), np.arange(len(found.starts)))


def joined(parts: Iterable[Tokens], text: Ints) -> Tokens:
    """The words of all parts, for blocks with the texts `text`."""
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]._replace(text=text)
    code, letters, counts, _ = zip(*parts, strict=True)
    return Tokens(np.concatenate(code), np.concatenate(letters), np.concatenate(counts), text)


def tokenize(text: pa.Array) -> Tokens:
    """Words of each block; a null has none."""
    if text.null_count == len(text):
        return Tokens(np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(1, np.int64), np.zeros(len(text), np.int64))
    encoded = pc.dictionary_encode(pc.fill_null(text, ""))
    return joined(map(words, characters(encoded.dictionary)), encoded.indices.to_numpy().astype(np.int64))


def hashed(listed: Sequence[str]) -> Hashes:
    """The numbers of single words."""
    found = tokenize(pa.array(listed, pa.string()))
    if not (found.counts == 1).all():
        raise ValueError(
            f"not one word each: {[word for word, n in zip(listed, found.counts[found.text], strict=True) if n != 1]}"
        )
    return found.code[found.text]
