"""Bounds on time that also hold on a slow machine, on a busy one, and where the first call compiles and imports."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import TypeVar

Result = TypeVar("Result")
TRIES, FIRST = 3, 5
LOOPS, LOOPS_TAKE = 1_000_000, 0.02  # seconds of CPU that so many rounds of an empty loop in Python take on a machine of today


def done_within(seconds: float, work: Callable[[], Result]) -> Result:
    """What `work` gives; of three calls the quickest may take so many seconds of CPU, longer where the machine is slower than today's.

    The first may take five times as long: further calls may be answered from what it left.
    """
    taken = []
    for _ in range(TRIES):
        started = process_time()
        result = work()
        taken.append(process_time() - started)
        if taken[-1] < seconds or taken[-1] < seconds * slowness():
            return result
        if taken[0] > FIRST * seconds * slowness():
            break
    raise AssertionError(f"took {min(taken):.2f} s of CPU where {seconds} are allowed")


def slowness() -> float:
    """How many times as long as a machine of today this one takes, at least 1."""
    started = process_time()
    for _ in range(LOOPS):
        pass
    return max(1.0, (process_time() - started) / LOOPS_TAKE)
