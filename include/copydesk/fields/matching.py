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
