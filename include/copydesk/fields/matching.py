"""Questions asked of many lines at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.fields.words import CLOSING, FULL_STOPS

FULL_STOP = rf"[.{FULL_STOPS}][{re.escape(CLOSING)}]*$"
FEW = 100  # lines that Python searches while Arrow, which keeps no expression, compiles it

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]


def which_match(lines: pa.Array, pattern: str) -> Flags:
    """Which lines the pattern matches; it must mean the same to Python and Arrow."""
    if len(lines) <= FEW:
        search = _compiled(pattern).search
        return np.fromiter((search(line) is not None for line in lines.to_pylist()), bool, len(lines))
    found: Flags = pc.match_substring_regex(lines, pattern).to_numpy(zero_copy_only=False)
    return found


def end_in_full_stop(lines: pa.Array) -> Flags:
    """Which lines end as statements do, in any script."""
    return which_match(lines, FULL_STOP)


def which_begin(lines: pa.Array, pattern: str) -> Flags:
    """Which lines begin with what the pattern matches. Told of it, Python does not try it at every place of a line."""
    if len(lines) <= FEW:
        match = _compiled(pattern).match
        return np.fromiter((match(line) is not None for line in lines.to_pylist()), bool, len(lines))
    return which_match(lines, f"^(?:{pattern})")


def which_hold(lines: pa.Array, starts: tuple[str, ...], pattern: str) -> Flags:
    """Which lines the pattern matches, and only with one of these `starts`: few lines seldom have any, and Python finds that soonest."""
    if len(lines) > FEW:
        return which_match(lines, pattern) if len(starts) > 1 else _among_those_with(lines, starts[0], pattern)
    texts = lines.to_pylist()
    whole = "\n".join(texts)
    if not (held := [start for start in starts if start in whole]):
        return np.zeros(len(lines), bool)
    search = _compiled(pattern).search
    return np.fromiter((any(start in text for start in held) and search(text) is not None for text in texts), bool, len(lines))


def _among_those_with(lines: pa.Array, start: str, pattern: str) -> Flags:
    """The same, where the expression costs more than a look at every line for one start."""
    has_start: Flags = pc.match_substring(lines, start).to_numpy(zero_copy_only=False)
    return among(has_start, lines, lambda some: which_match(some, pattern))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def among(likely: Flags, lines: pa.Array | pa.ChunkedArray, hold: Callable[[Any], Flags]) -> Flags:
    """The likely lines of which it holds, asked all at once."""
    if len(lines) <= FEW:  # sooner asked than taken out
        return likely & hold(lines) if likely.any() else likely
    rows = np.flatnonzero(likely)
    found = np.zeros(len(likely), bool)
    if len(rows):
        found[rows] = hold(lines.take(pa.array(rows)))
    return found


def lengths(lines: pa.Array) -> Ints:
    """Characters of each line."""
    found: Ints = pc.utf8_length(lines).to_numpy(zero_copy_only=False)
    return found
