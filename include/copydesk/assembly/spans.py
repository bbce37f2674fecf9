"""Many stretches of rows at once."""

from __future__ import annotations

import numpy as np

from copydesk.labels.arrays import Ints


def ranges(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """The rows from each `low` to its `high`, one stretch after the other, and the number of the stretch each is of."""
    lengths = high - low
    owner = np.repeat(np.arange(len(low)), lengths)
    return np.arange(len(owner)) + (low - np.cumsum(lengths) + lengths)[owner], owner


def first_of(rows: Ints, owner: Ints, count: int, otherwise: int) -> Ints:
    """The first of the rows of each of so many owners, or `otherwise` where it has none; `rows` are in order."""
    found = np.full(count, otherwise)
    found[owner[::-1]] = rows[::-1]
    return found
