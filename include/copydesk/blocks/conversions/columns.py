"""Pages of print whose columns stand side by side, as `pdftotext -layout` leaves them → one column below the other.

No letter goes: only blanks, and the order of lines. Tables stay: their cells do not go on in the next line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from copydesk.blocks.filled import goes_on

GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
FEWEST_LINES, MOST_LINES = 6, 500  # of columns, and of a page that is looked at
INDENT = 6  # by which a paragraph may be set in
LEAST_SHARE = 0.5  # of the lines of both columns, that have a gap there
LEAST_CHARS, LEAST_ON = 15, 0.25  # mean of a column's lines, and those that go on in it
MOST_COLUMNS = 6


def in_reading_order(page: str) -> str:
    """The page with its columns one below the other; as it is where it has one."""
    lines = page.split("\n")
    if len(lines) > MOST_LINES:
        return page
    return "\n".join(_parted(lines, MOST_COLUMNS))


def _parted(lines: list[str], most: int) -> list[str]:
    gaps = {at: [gap.end() for gap in GAP.finditer(line)] for at, line in enumerate(lines)}
    gutter = _gutter([end for ends in gaps.values() for end in ends])
    if gutter is None or most < 2:
        return lines
    has_gap = [
        at
        for at, ends in gaps.items()
        if any(gutter <= end <= gutter + INDENT for end in ends) and not _crosses(lines[at], gutter)
    ]
    first, last = _run(lines, has_gap, gutter)
    left = [line[:gutter].rstrip() for line in lines[first:last]]
    right = [line[gutter:].rstrip() for line in lines[first:last]]
    if sum(first <= at < last for at in has_gap) < max(
        FEWEST_LINES, LEAST_SHARE * sum(map(bool, map(str.strip, lines[first:last])))
    ):
        return lines
    if not (_is_prose(left) and _is_prose(right)):
        return lines
    return [*lines[:first], *left, *_parted(right, most - 1), *lines[last:]]


def _gutter(ends: Sequence[int]) -> int | None:
    """Where most second columns begin; of the first of many, since the rest is parted again."""
    times = Counter(ends)
    often = [place for place, count in times.items() if count >= FEWEST_LINES // 2]
    return min(often, default=None)


def _crosses(line: str, gutter: int) -> bool:
    """Whether words stand where there should be nothing."""
    return bool(line[gutter - 2 : gutter].strip())


def _run(lines: Sequence[str], has_gap: Sequence[int], gutter: int) -> tuple[int, int]:
    """The longest stretch of lines that do not cross the gutter, from one with a gap to the line behind another."""
    best = (0, 0)
    start: int | None = None
    gaps = set(has_gap)
    for at, line in enumerate(lines):
        if _crosses(line, gutter):
            start = None
        elif at in gaps:
            start = at if start is None else start
            best = max(best, (start, at + 1), key=lambda run: run[1] - run[0])
    first, last = best
    while 0 < first < last and _is_beside(lines[first - 1], gutter):
        first -= 1
    while first < last < len(lines) and _is_beside(lines[last], gutter):
        last += 1
    return first, last


def _is_beside(line: str, gutter: int) -> bool:
    """Whether the line, which stands right above or below the columns, is of the one that is longer."""
    return bool(line.strip()) and not _crosses(line, gutter)


def _is_prose(column: Sequence[str]) -> bool:
    full = [line.strip() for line in column if line.strip()]
    return (
        len(full) >= FEWEST_LINES // 2
        and sum(map(len, full)) >= LEAST_CHARS * len(full)
        and sum(map(goes_on, full)) >= LEAST_ON * len(full)
    )
