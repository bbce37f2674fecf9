from __future__ import annotations

import os
import subprocess

import pytest

from copydesk.processes import Processes, cores

ASK = ("python3", "-c", "import os; print(os.getppid())")


def asked(processes: Processes, count: int) -> set[int]:
    """The processes that did the work: each says who its children's parent is."""
    return {int(answer) for _, answer in processes.each(subprocess.check_output, [ASK] * count)}


def test_one_call_needs_no_process_of_its_own() -> None:
    with Processes(2) as processes:
        assert asked(processes, 1) == {os.getpid()}


def test_one_process_is_this_one() -> None:
    with Processes(1) as processes:
        assert asked(processes, 3) == {os.getpid()}


def test_several_calls_go_to_others_which_stay_for_later_ones() -> None:
    with Processes(2) as processes:
        first, later = asked(processes, 4), asked(processes, 4)

    assert os.getpid() not in first | later
    assert len(first | later) <= 2


def test_the_first_failure_is_raised() -> None:
    with Processes(2) as processes, pytest.raises(ValueError, match="invalid literal"):
        list(processes.each(int, ["1", "two", "3"]))


def test_there_is_a_core() -> None:
    assert cores() >= 1
