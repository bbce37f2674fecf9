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
from copydesk.blocks.stretches import Bytes, Flags, Numbers, cut

NOTHING = b"<!>"  # a tag that means nothing: before each page, and behind the last
LESS, GREATER, SPACE, MARK, DASH = b"<> !-"
BETWEEN = np.uint8(LESS ^ GREATER)  # the one bit in which they differ
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
    """The tags of the insides of bodies; a comment is one tag, whatever it holds."""
    html = NOTHING.join([b"", *pages, b""])
    codes = np.frombuffer(html, np.uint8)
    at = np.flatnonzero((codes | BETWEEN) == GREATER)
    opens = codes[at] == LESS
    comments = _comments(html, codes, at, opens)
    if len(comments.starts):
        outside = comments.outside(at)
        at, opens = at[outside], opens[outside]
    low, high = _turning(at, opens)
    name = pc.dictionary_encode(cut(pa.py_buffer(html), low + 1, _name_ends(html, low, high, comments.starts)))
    starts = np.cumsum([0, *(len(page) + len(NOTHING) for page in pages)])[:-1]
    return Tags(html, low, high, _numbers(name.indices), name.dictionary.to_pylist(), np.searchsorted(low, starts))


def _turning(at: Numbers, opens: Flags) -> tuple[Numbers, Numbers]:
    """Where tags open and close: a broken name may hold a `<`, and the first of several opens the tag."""
    turns = np.append(True, opens[1:] != opens[:-1])
    if not turns.all():
        at = at[turns]
    return at[::2].copy(), at[1::2].copy()


class Comments(NamedTuple):
    """Where comments begin, and the `>` that ends each."""

    starts: Numbers
    ends: Numbers

    def outside(self, at: Numbers) -> Flags:
        """Which of the places are not inside of one."""
        steps = np.zeros(len(at) + 1, np.int64)
        np.add.at(steps, np.searchsorted(at, self.starts, side="right"), 1)
        np.subtract.at(steps, np.searchsorted(at, self.ends), 1)
        result: Flags = np.cumsum(steps[:-1]) == 0
        return result


def _comments(html: bytes, codes: Bytes, at: Numbers, opens: Flags) -> Comments:
    """The comments, without those inside a broken name or another comment."""
    some = np.flatnonzero(opens)
    for ahead, sign in enumerate((MARK, DASH, DASH), 1):
        some = some[codes[at[some] + ahead] == sign]
    is_broken = opens[some - 1]  # before the first stands the tag that stands before each page
    starts, ends, end = [], [], 0
    for start, before, broken in zip(at[some].tolist(), at[some - 1].tolist(), is_broken.tolist(), strict=True):
        if start > end and not (broken and before > end):
            end = html.index(b"-->", start + 4) + 2
            starts.append(start)
            ends.append(end)
    return Comments(np.array(starts, np.int64), np.array(ends, np.int64))


def _name_ends(html: bytes, low: Numbers, high: Numbers, comments: Numbers) -> Numbers:
    """What stands behind the name of each tag: a space or the end of the tag. Names are short, and there are ten times as many spaces."""
    codes, ends = np.frombuffer(html, np.uint8), low + 1
    is_named = np.ones(len(low), bool)
    is_named[np.searchsorted(low, comments)] = False
    longer = np.flatnonzero(is_named)
    ends[~is_named] += 1  # `!`
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
