from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from copydesk.errors import ProcessLost
from copydesk.processes.pool import Processes, cores

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


def test_a_single_call_goes_to_one_that_has_worked_already() -> None:
    with Processes(2) as processes:
        assert processes.once(partial(subprocess.check_output, ASK)) == b"%d\n" % os.getpid()
        known = asked(processes, 4)
        assert int(processes.once(partial(subprocess.check_output, ASK))) in known


def test_each_of_several_prepares_itself_while_the_caller_goes_on(tmp_path: Path) -> None:
    # Each waits for a second one to be at it, so that none does it twice and leaves the other unprepared.
    notes = f"echo $PPID > {tmp_path}/$$; until [ $(ls {tmp_path} | wc -l) -ge 2 ]; do sleep .01; done"
    prepare = partial(subprocess.run, ["sh", "-c", notes], check=True, timeout=800)
    with Processes(2) as processes:
        processes.prepare(prepare)  # none runs yet, and none is started for it
        assert list(tmp_path.iterdir()) == []
        known = asked(processes, 2)
        processes.prepare(prepare)
        known |= asked(processes, 4)
    prepared = {int(note.read_text()) for note in tmp_path.iterdir()}
    assert len(prepared) == 2
    assert known <= prepared  # one may have done all that was asked


def test_the_failure_of_a_single_call_is_raised() -> None:
    with Processes(2) as processes, pytest.raises(ValueError, match="invalid literal"):
        asked(processes, 2)
        processes.once(partial(int, "two"))


def test_the_first_failure_is_raised() -> None:
    with Processes(2) as processes, pytest.raises(ValueError, match="invalid literal"):
        list(processes.each(int, ["1", "two", "3"]))


def test_work_whose_process_was_taken_away_is_told_as_that() -> None:
    with Processes(2) as processes, pytest.raises(ProcessLost, match="COPYDESK_PROCESSES=1"):
        list(processes.each(os._exit, [1, 1, 1]))


def test_when_one_call_has_failed_the_others_are_over_before_anything_else_happens(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError), Processes(2) as processes:
        list(processes.each(subprocess.check_output, [("sh", "-c", f"sleep 1; touch {tmp_path}/done"), ("false",)]))
    assert (tmp_path / "done").exists()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system binds no process to cores")
def test_only_cores_that_this_process_may_use_are_counted() -> None:
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        assert cores() == 1
    finally:
        os.sched_setaffinity(0, allowed)
    assert cores() == len(allowed)


ENDLESS = """
import time
from copydesk.processes.pool import Processes

if __name__ == "__main__":
    with Processes(2) as processes:
        list(processes.each(abs, [1, 2, 3, 4]))
        print("started", flush=True)
        {then}
"""


@pytest.mark.parametrize("then", ["time.sleep(300)", "list(processes.each(time.sleep, [300, 300]))"], ids=["idle", "at work"])
def test_none_is_left_when_the_first_is_killed(tmp_path: Path, then: str) -> None:
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS.format(then=then))
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as first:
        assert first.stdout
        assert first.stdout.readline() == "started\n"
        first.kill()
        first.communicate(timeout=800)  # the pipe is closed when the last of those who hold it is gone
