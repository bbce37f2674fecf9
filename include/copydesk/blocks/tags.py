"""Where the tags of pages stand and how they nest, for thousands at once.

A page is read as its parser spells it: every element but the void ones has its end tag, and no text or attribute holds a `<` or `>`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.attributes import stated
from copydesk.blocks.stretches import Flags, Numbers, cut

NOTHING = b"<!>"  # a tag that means nothing: before each page, behind the last, and in place of comments
LESS, GREATER, SPACE = b"<> "
NAME_CHARS = 24  # of a tag; the few that are longer are searched one by one


class Tags(NamedTuple):
    """Every tag of some pages, in order."""

    html: bytes
    low: Numbers  # where its `<` stands
    high: Numbers  # and its `>`
    name: Numbers  # place in `names`
    names: list[str]  # as they are written, `/div` for an end tag
    pages: Numbers  # the tag that stands before each page

    def named(self, name: str) -> Flags:
        """Which are of one name."""
        result: Flags = self.name == (self.names.index(name) if name in self.names else -1)
        return result

    def inside(self, at: Numbers) -> list[bytes]:
        """What stands between the `<` and `>` of some tags."""
        html = self.html
        return [html[low:high] for low, high in zip((self.low[at] + 1).tolist(), self.high[at].tolist(), strict=True)]

    def stating(self, at: Numbers, name: str) -> pa.StringArray:
        """What some tags, in order, state in an attribute: nothing where they have none."""
        return stated(self.column(at), name)

    def column(self, at: Numbers) -> pa.StringArray:
        """The same for Arrow."""
        return cut(pa.py_buffer(self.html), self.low[at] + 1, self.high[at])


def find_tags(pages: Sequence[bytes]) -> Tags:
    """The tags of the insides of bodies."""
    parts = [_without_comments(page) for page in pages]
    html = NOTHING.join([b"", *parts, b""])
    codes = np.frombuffer(html, np.uint8)
    at = np.flatnonzero((codes == LESS) | (codes == GREATER))
    opens = codes[at] == LESS
    turns = np.r_[True, opens[1:] != opens[:-1]]  # a broken name may hold a `<`: the first of several opens the tag
    low, high = at[turns & opens], at[turns & ~opens]
    name = pc.dictionary_encode(cut(pa.py_buffer(html), low + 1, _name_ends(html, low, high)))
    starts = np.cumsum([0, *(len(part) + len(NOTHING) for part in parts)])[:-1]
    return Tags(html, low, high, _numbers(name.indices), name.dictionary.to_pylist(), np.searchsorted(low, starts))


def _without_comments(html: bytes) -> bytes:
    """The page with nothing in place of each comment; what a broken name holds is none."""
    parts, done, at = [], 0, 0
    while (start := html.find(b"<!--", at)) >= 0:
        if html.rfind(b"<", at, start) > html.rfind(b">", at, start):
            at = html.index(b">", start)
            continue
        end = html.index(b"-->", start + 4) + 3
        parts += [html[done:start], NOTHING]
        done = at = end
    return b"".join([*parts, html[done:]]) if parts else html


def _name_ends(html: bytes, low: Numbers, high: Numbers) -> Numbers:
    """What stands behind the name of each tag: a space or the end of the tag. Names are short, and there are ten times as many spaces."""
    codes, ends, longer = np.frombuffer(html, np.uint8), low + 1, np.arange(len(low))
    for _ in range(NAME_CHARS):
        signs = codes[ends[longer]]
        longer = longer[(signs != SPACE) & (signs != GREATER)]
        ends[longer] += 1
    for at in longer.tolist():
        space = html.find(b" ", int(ends[at]), int(high[at]))
        ends[at] = space if space >= 0 else high[at]
    return ends


def _numbers(values: pa.Array) -> Numbers:
    result: Numbers = values.to_numpy().astype(np.int64)
    return result


def around(opened: Numbers, level: Numbers, at: Numbers, wanted: Numbers) -> Numbers:
    """For each place `at`, the last of the tags `opened` before it or there that has the `wanted` level, as a place among them."""
    order = np.argsort(level, kind="stable")
    size = int(max(opened.max(initial=0), at.max(initial=0))) + 1
    keys = level[order] * size + opened[order]
    result: Numbers = order[np.searchsorted(keys, wanted * size + at, side="right") - 1]
    return result
