from __future__ import annotations

import pytest

from timing import FIRST, LOOPS, LOOPS_TAKE, TRIES, done_within

TENTH = LOOPS_TAKE / FIRST / 10  # seconds of which a loop takes ten times what the first call may


def works(*loops: int) -> list[int]:
    """Does work of so many rounds, a call each; how much is left of it."""
    left = list(loops)

    def work() -> list[int]:
        for _ in range(left.pop(0)):
            pass
        return left

    return done_within(TENTH, work)


def test_the_first_call_that_is_quick_enough_is_the_last() -> None:
    assert works(0, LOOPS) == [LOOPS]


def test_one_that_compiles_is_tried_again() -> None:
    assert works(LOOPS // FIRST // 5, 0) == []


def test_what_never_is_quick_enough_fails_and_so_does_a_first_call_that_no_cache_may_hide() -> None:
    with pytest.raises(AssertionError, match="took"):
        works(*[LOOPS // FIRST // 5] * TRIES)
    with pytest.raises(AssertionError, match="took"):
        works(LOOPS, 0)
