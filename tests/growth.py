"""How the time of some work grows with its size: what is asked of hostile input, and the same on a slow machine and a busy one."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

NOTHING = 0.2  # seconds of CPU in which no growth can be told from noise
MOST = 9  # times the time for four times the size: in proportion it is 4, by the square 16


def assert_in_proportion(work: Callable[[int], object], size: int) -> None:
    """Work of four times the size takes about four times as long; the first call, which may compile and import, is not counted."""
    work(size // 4)
    taken = _seconds(work, size)
    if taken > NOTHING:
        assert taken < MOST * _seconds(work, size // 4)


def _seconds(work: Callable[[int], object], size: int) -> float:
    """Of two calls the quicker."""
    return min(_once(work, size), _once(work, size))


def _once(work: Callable[[int], object], size: int) -> float:
    started = process_time()
    work(size)
    return process_time() - started
