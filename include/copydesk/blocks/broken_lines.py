"""Pages whose lines were broken to a width by `br`, as mails and old archives have it: a paragraph is many lines, each of them a run of text.

They are told as texts are (see `wrapping`): from all such lines of a page together, since a paragraph alone has too few.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, chain, pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.stretches import Numbers
from copydesk.blocks.wrapping import FEWEST, LONGEST_WORD, MOST_BYTES, NARROWEST, WIDEST, rejoined, wrapped_paragraphs

LEAST_CHARS = 250  # in paragraphs of three lines or more: boxes that ask to sign in are broken, too

Group = tuple[int, int]  # runs of one element, from one to another


def paragraphs_of(text: pa.StringArray, element: Numbers, number: Numbers, page: Numbers) -> dict[int, tuple[int, str]]:
    """For the first run of each paragraph that was broken, how many it takes up and what it says; nothing for nearly every page.

    A run stands in an `element`, and has a `number` that is by one higher than that of the run before it, if one `br` parts them.
    """
    goes_on = element[1:] == element[:-1]
    if np.count_nonzero(goes_on) < FEWEST:
        return {}
    size = pc.binary_length(text).to_numpy()
    edges = np.flatnonzero(np.concatenate([[True], ~goes_on, [True]]))
    longest, rows = np.maximum.reduceat(size, edges[:-1]), np.diff(edges)
    may_be = np.flatnonzero((rows > 1) & (longest >= NARROWEST - LONGEST_WORD) & (longest <= MOST_BYTES))
    owner = page[edges[may_be]]
    lines = np.bincount(owner, rows[may_be] - 1, int(page[-1]) + 1)
    found: dict[int, tuple[int, str]] = {}
    for one in np.flatnonzero(lines >= FEWEST).tolist():
        groups = [(int(edges[at]), int(edges[at + 1])) for at in may_be[owner == one]]
        found |= _of_page(text, number, groups)
    return found


def _of_page(text: pa.StringArray, number: Numbers, groups: list[Group]) -> dict[int, tuple[int, str]]:
    written = [(low, text.slice(low, high - low).to_pylist()) for low, high in groups]
    narrow = [(low, lines) for low, lines in written if max(map(len, lines)) <= WIDEST]
    typed = list(chain.from_iterable(_typed(lines, number[low : low + len(lines)]) for low, lines in narrow))
    paragraphs = wrapped_paragraphs(typed) if typed else None
    if paragraphs is None or sum(sum(map(len, lines)) for lines in paragraphs if len(lines) >= FEWEST) < LEAST_CHARS:
        return {}
    places = list(chain.from_iterable(range(low, low + len(lines)) for low, lines in narrow))
    starts = accumulate(map(len, paragraphs), initial=0)
    told = zip(starts, paragraphs, rejoined(paragraphs, "\n".join(typed)), strict=False)
    return {places[start]: (len(lines), whole) for start, lines, whole in told if len(lines) > 1}


def _typed(lines: list[str], number: Numbers) -> Iterator[str]:
    """The lines of an element as they were typed, with blank ones where more than one break parts them, and one behind them."""
    gaps = [False, *(after - before > 1 for before, after in pairwise(number.tolist()))]
    for line, is_apart in zip(lines, gaps, strict=True):
        if is_apart:
            yield ""
        yield line
    yield ""
