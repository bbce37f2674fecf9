"""Features that compare texts: with other blocks of the document, and with what the page states of itself."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints, flag, shift, spans
from copydesk.labels.hints import Hints
from copydesk.labels.tokens import Tokens, covers, fold, shared_with

ECHO_WORDS = 40  # of a block are compared with other blocks; what says the same says so from the start
LEAST_BODY = 200  # characters; some pages repeat their summary as the article's text


class Folded(NamedTuple):
    """Blocks, and what pages state, as letters and figures alone, so that they can be compared."""

    words: pa.Array  # of the blocks, with spaces between them
    lines: pa.Array  # without
    titles: pa.Array
    descriptions: pa.Array
    bodies: pa.Array


def fold_all(text: pa.Array, hints: Hints) -> Folded:
    """Everything in one call: an expression costs milliseconds before its first letter."""
    parts = (text, hints.titles, hints.descriptions, hints.bodies)
    words = fold(pa.concat_arrays(parts))
    bare = pc.replace_substring(words, pattern=" ", replacement="")
    edges = np.cumsum([0, *map(len, parts)]).tolist()
    return Folded(words.slice(0, len(text)), *(bare.slice(low, high - low) for low, high in pairwise(edges)))


def echoes(tokens: Tokens, columns: dict[str, Floats], owner: Ints) -> dict[str, Floats]:
    """Blocks that say the same: a caption after its alternative text, a standfirst taken up again."""
    count = len(owner)
    index = np.arange(count)
    following = np.where(shift(index, 1, owner, empty=-1) > 0, index + 1, -1)
    previous = np.where(shift(index, -1, owner, empty=-1) >= 0, index - 1, -1)
    first = columns["first_sentence"] > 0
    reference = np.full(count, -1)
    starts, lengths = spans(owner)
    at = np.flatnonzero(first)
    reference[:] = np.repeat(_by_document(at, owner, starts), lengths)
    known = tokens.keys()
    taken_up = covers(tokens, known, reference)
    taken_up[reference == index] = 0
    again = np.maximum.reduceat(taken_up, starts) if count else taken_up
    enough = flag(tokens.counts >= 4)
    return {
        "same_as_next": shared_with(tokens, known, following) * enough,
        "same_as_previous": shared_with(tokens, known, previous) * enough,
        "taken_up_later": np.where(first, np.repeat(again, lengths), 0),
    }


def stated(folded: Folded, owner: Ints, length: Floats) -> dict[str, Floats]:
    """Blocks that are the title or the summary that the page states, or part of that title."""
    titles, descriptions = folded.titles.take(pa.array(owner)), folded.descriptions.take(pa.array(owner))
    return {
        "is_stated_title": _same(folded.lines, titles),
        "in_stated_title": _inside(folded.lines, titles) * flag(length >= 3),
        "is_description": _same(folded.lines, descriptions),
    }


def _by_document(at: Ints, owner: Ints, starts: Ints) -> Ints:
    """For each document the block of `at` that lies in it, or -1."""
    out = np.full(len(starts), -1)
    out[np.searchsorted(owner[starts], owner[at])] = at
    return out


def _same(text: pa.Array, stated: pa.Array) -> Floats:
    return flag(pc.equal(text, stated))


def _inside(text: pa.Array, stated: pa.Array) -> Floats:
    """1 where the stated text begins or ends with the block's: `Headline | Site`, `Site: Headline`."""
    pairs = zip(text.to_pylist(), stated.to_pylist(), strict=True)
    return np.array([title is not None and (title.startswith(line) or title.endswith(line)) for line, title in pairs], np.float32)


def stated_body(folded: Folded, owner: Ints) -> dict[str, Floats]:
    """Whether the page states an article's text, and whether the block stands in it; such texts are often cut short."""
    bodies = folded.bodies.to_pylist()
    stated = np.array([body is not None and len(body) >= LEAST_BODY for body in bodies], bool)[owner]
    inside = np.zeros(len(owner), np.float32)
    rows = np.flatnonzero(stated)
    for i, line in zip(rows, folded.lines.take(pa.array(rows)).to_pylist(), strict=True):
        inside[i] = len(line) >= 3 and line in bodies[owner[i]]
    return {"states_body": flag(stated), "in_stated_body": inside}


def repeats(text: pa.Array, owner: Ints) -> Floats:
    """1 where the same text stands again in the document."""
    encoded = pc.dictionary_encode(text)
    key = owner * (len(encoded.dictionary) + 1) + encoded.indices.to_numpy(zero_copy_only=False)
    _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    return flag(counts[inverse] > 1)
