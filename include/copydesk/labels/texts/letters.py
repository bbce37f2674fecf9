"""What letters a text is made of, counted over all texts at once: one look at each character instead of an expression a question."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.labels.arrays import Floats, Ints, steps, sums
from copydesk.labels.texts.characters import (
    CAPITAL,
    CJK,
    CLOSER,
    COMMA,
    DIGIT,
    FULL_STOP,
    LETTER,
    MARK,
    OPENER,
    SPACE,
    TERMINAL,
    Characters,
    Hashes,
    kinds_of_points,
)

COUNTED = {"letters": LETTER, "capitals": CAPITAL, "digits": DIGIT, "cjk": CJK}
FIELD = 16  # bits; four counts in one number are added up at once


def count_letters(found: Characters) -> dict[str, Floats]:
    """For each text the number of characters and words of a kind, and of sentences that begin after another."""
    counts: dict[str, NDArray[Any]] = {"chars": found.lengths, "commas": found.number(COMMA), "marks": found.number(MARK)}
    packed = found.sums(_packed().take(found.points, mode="clip"))
    for place, name in enumerate(COUNTED):
        counts[name] = packed >> np.uint64(FIELD * place) & np.uint64((1 << FIELD) - 1)
    counts |= _count_words(found)
    return {name: values.astype(np.float32) for name, values in counts.items()}


@cache
def _packed() -> Hashes:
    """For each code point, 1 in the field of each count that it adds to."""
    kinds = kinds_of_points().astype(np.uint64)
    fields = [((kinds & np.uint64(bit)) > 0).astype(np.uint64) << np.uint64(FIELD * i) for i, bit in enumerate(COUNTED.values())]
    result: Hashes = np.bitwise_or.reduce(fields)
    return result


def _count_words(found: Characters) -> dict[str, Ints]:
    """What spaces part, how much of it has a capital, and how many sentences begin after another."""
    kinds = found.kinds
    spaces = (kinds & SPACE) > 0
    at = (spaces[:-1] & ~spaces[1:]).nonzero()[0] + 1
    edge = at.searchsorted(found.edges)
    number = steps(edge)
    start, second = kinds[at], kinds[at + 1]
    opener = (start & OPENER) > 0
    capital = ((start & CAPITAL) > 0) | (opener & (second & CAPITAL > 0))
    bracketed = opener & (second & OPENER > 0) & (kinds[at + 2] & CAPITAL > 0)  # in a bracket and in quotation marks
    before = kinds[at - 2]
    ended = (before & TERMINAL > 0) | ((before & CLOSER > 0) & (kinds[at - 3] & TERMINAL > 0))
    begins = capital & ended
    begins[edge[:-1][number > 0]] = False  # the first word of a text follows nothing
    capitalised, sentences = (steps(sums(hits)[edge]) for hits in (capital | bracketed, begins))
    return {"words": number, "capitalised": capitalised, "sentences": sentences + _after_full_stops(found)}


def _after_full_stops(found: Characters) -> Ints:
    """Where letters have no capitals, whatever follows a full stop begins a sentence."""
    at, text = found.signs(FULL_STOP)
    inside = at + 1 < (found.starts + found.lengths)[text]
    return np.bincount(text[inside], minlength=len(found.starts))
