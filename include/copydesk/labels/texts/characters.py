"""Texts as code points, thousands of texts at once: what each character is, and a number for any stretch of them."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.fields.words import CALLS, FULL_STOPS, SPACELESS
from copydesk.labels.arrays import Ints, true_at

Hashes = NDArray[np.uint64]
Bits = NDArray[np.uint16]
Flags = NDArray[np.bool_]

KNOWN = 0x20000  # code points beyond are rare Chinese characters, taken as the last of these
CHUNK = 1 << 18  # characters looked at together; bounds the memory
MAX_CHARS = 60_000  # of a text; counts of 16 bits hold them
BARE_CHARS = 1_000  # of a title or a summary
MARGIN = 8  # breaks around the texts, so that a look at a neighbour finds one
BREAK = "\n"
STRIDE = 0xC2B2AE3D27D4EB4F
BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse among the numbers of 64 bits

LETTER, CAPITAL, LOWER, DIGIT, SPACE, CJK, COMMA, OPENER, CLOSER, TERMINAL, FULL_STOP, BRACKET, COLON, BULLET, PIPE, MARK = (
    1 << i for i in range(16)
)
WORD = LETTER | DIGIT
RARE = np.uint16(COMMA | MARK | FULL_STOP | PIPE)
SIGNS = {
    SPACE: " \t\n\f\r",
    COMMA: ",，、،;",
    OPENER: "'\"“‘«„(",
    CLOSER: "'\"”’»)",
    TERMINAL: ".!?…",
    FULL_STOP: FULL_STOPS + CALLS,
    BRACKET: "]›」』）",
    COLON: ":：",
    BULLET: "-–—•*·▪►",
    PIPE: "|•·»›>",
    MARK: "(@©",
}
CJK_RANGES = (*SPACELESS, (0xAC00, 0xD7AF), (KNOWN - 1, KNOWN - 1))  # with those of Korean, and the rare Chinese ones
CATEGORIES = {"Lu": LETTER | CAPITAL, "Ll": LETTER | LOWER, "Lt": LETTER, "Lm": LETTER, "Lo": LETTER}
CATEGORIES |= dict.fromkeys(("Nd", "Nl", "No"), DIGIT)


@dataclass(frozen=True)
class Characters:
    """The characters of some texts one after the other, with a break after each text."""

    points: NDArray[np.intp]
    starts: Ints  # of the texts
    lengths: Ints

    @cached_property
    def kinds(self) -> Bits:
        """What each character is."""
        return kinds_of_points().take(self.points, mode="clip")

    @cached_property
    def edges(self) -> Ints:
        """Where each text begins, and where all end."""
        return np.concatenate([self.starts, [len(self.points)]])

    @cached_property
    def _running(self) -> Hashes:
        return _summed(_values().take(self.points, mode="clip"))

    def hashes(self, low: Ints, high: Ints) -> Hashes:
        """A number for what stands in each stretch in lower case, the same on every machine."""
        return stretches(self._running, low, high)

    def sums(self, hits: NDArray[Any]) -> NDArray[Any]:
        """For each text the sum over its characters."""
        return np.add.reduceat(hits, self.starts) if len(self.starts) else hits[:0]

    @cached_property
    def _signs(self) -> tuple[Ints, Bits, Ints]:
        """The characters of rare kinds, of what kinds they are, and the text that each stands in: all looked for at once."""
        at = ((self.kinds & RARE) > 0).nonzero()[0]
        return at, self.kinds[at], self.starts.searchsorted(at, "right") - 1

    def signs(self, kind: int) -> tuple[Ints, Ints]:
        """The characters of a rare kind, and the text that each stands in."""
        at, kinds, text = self._signs
        some = (kinds & kind) > 0
        return at[some], text[some]

    def number(self, kind: int) -> Ints:
        """For each text how many of its characters are of a rare kind."""
        return np.bincount(self.signs(kind)[1], minlength=len(self.starts))


class Bare(NamedTuple):
    """Letters and figures alone of some texts, so that texts can be compared whatever stands between their words."""

    running: Hashes
    starts: Ints
    lengths: Ints

    @classmethod
    def of(cls, texts: pa.Array) -> Bare:
        """Of each text; of a null nothing."""
        found = _chunk(*_cut(pc.fill_null(texts, ""), BARE_CHARS))
        inside = (found.kinds & WORD) > 0
        lengths = found.sums(inside.astype(np.int64))
        return cls(_summed(_values().take(found.points[inside], mode="clip")), np.cumsum(lengths) - lengths, lengths)

    def opens(self, rows: Ints, hashes: Hashes, sizes: Ints) -> Flags:
        """Whether text `rows[i]` opens with the `sizes[i]` characters that have the hash `hashes[i]`."""
        return self._at(rows, np.zeros_like(sizes), hashes, sizes)

    def closes(self, rows: Ints, hashes: Hashes, sizes: Ints) -> Flags:
        """The same for its end."""
        return self._at(rows, self.lengths[rows] - sizes, hashes, sizes)

    def _at(self, rows: Ints, offset: Ints, hashes: Hashes, sizes: Ints) -> Flags:
        fits = (sizes > 0) & (sizes <= self.lengths[rows])
        low = np.where(fits, self.starts[rows] + offset, 0)
        result: Flags = fits & (stretches(self.running, low, low + np.where(fits, sizes, 0)) == hashes)
        return result


def bare(texts: pa.Array) -> list[str]:
    """Letters and figures alone of each text, in lower case; of a null nothing."""
    found = _chunk(*_cut(pc.utf8_lower(pc.fill_null(texts, "")), sys.maxsize))
    inside = (found.kinds & WORD) > 0
    every = found.points[inside].astype("<u4").tobytes().decode("utf-32-le")
    edges = [0, *np.cumsum(found.sums(inside.astype(np.int64))).tolist()]
    return [every[low:high] for low, high in pairwise(edges)]


def characters(texts: pa.Array) -> Iterator[Characters]:
    """The texts in order, some at a time; of a text of a megabyte only the beginning."""
    texts, lengths = _cut(texts, MAX_CHARS)
    part = lengths.cumsum() // CHUNK
    edges = np.concatenate([[0], true_at(part[1:] != part[:-1]) + 1, [len(texts)]])
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        yield _chunk(texts.slice(low, high - low), lengths[low:high])


def _cut(texts: pa.Array, most: int) -> tuple[pa.Array, Ints]:
    """The first `most` characters of each text, and how many those are."""
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    if lengths.max(initial=0) <= most:
        return texts, lengths
    return pc.utf8_slice_codeunits(texts, 0, most), np.minimum(lengths, most)


def _chunk(texts: pa.Array, lengths: Ints) -> Characters:
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(texts)], pa.int32()), texts), BREAK)[0].as_py()
    points = np.full(len(joined) + 2 * MARGIN, ord(BREAK), np.intp)
    points[MARGIN:-MARGIN] = np.frombuffer(joined.encode("utf-32-le"), np.uint32)
    return Characters(points, np.cumsum(lengths + 1) - lengths - 1 + MARGIN, lengths)


def _summed(values: Hashes) -> Hashes:
    """What stands before each character, and at the end before none, with each character's place in its number."""
    total = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(np.multiply(values, powers(len(values)), out=values), out=total[1:])
    return total


def keyed(hashes: Hashes, numbers: NDArray[np.integer[Any]]) -> Hashes:
    """One number for a hash and a number beside it, such as that of its document."""
    result: Hashes = hashes + numbers.astype(np.uint64) * np.uint64(STRIDE)
    return result


def stretches(running: Hashes, low: Ints, high: Ints) -> Hashes:
    """A number for each stretch of what was summed up in `running`, the same wherever it stands."""
    result: Hashes = (running[high] - running[low]) * _inverses(_size(len(running)))[low]
    return result


def powers(count: int) -> Hashes:
    """At least so many powers of the base that holds characters apart by their place."""
    return _powers(_size(count))[:count]


def _size(count: int) -> int:
    """`count` rounded up, so that few tables are made."""
    return max(CHUNK // 4, 1 << max(count - 1, 1).bit_length())


@cache
def _powers(count: int) -> Hashes:
    return _multiplied(BASE, count)


@cache
def _inverses(count: int) -> Hashes:
    return _multiplied(pow(BASE, -1, 1 << 64), count)


def _multiplied(base: int, count: int) -> Hashes:
    factors = np.full(count, base, np.uint64)
    factors[0] = 1
    return np.cumprod(factors, dtype=np.uint64)


@cache
def kinds_of_points() -> Bits:
    """What each code point is, as bits."""
    kinds = np.array([CATEGORIES.get(unicodedata.category(chr(i)), 0) for i in range(KNOWN)], np.uint16)
    kinds[KNOWN - 1] = LETTER
    for bit, signs in SIGNS.items():
        kinds[[ord(sign) for sign in signs]] |= np.uint16(bit)
    for low, high in CJK_RANGES:
        kinds[low : high + 1] |= np.uint16(CJK)
    return kinds


@cache
def _values() -> Hashes:
    """A number for each code point, as good as random, the same for a capital and its small letter or letters (σ and ς)."""
    folded = np.array([_small(chr(i)) for i in range(KNOWN)], np.uint64)
    mixed = (folded + np.uint64(1)) * np.uint64(BASE)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    result: Hashes = mixed ^ (mixed >> np.uint64(31))
    return result


def _small(character: str) -> int:
    folded = character.casefold()
    return ord(folded if len(folded) == 1 else character.lower()[0])
