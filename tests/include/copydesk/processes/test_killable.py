from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest

from copydesk.errors import BadInput
from copydesk.processes import killable
from copydesk.processes.killable import Died, Idle, Killable
from copydesk.records import Reason


@pytest.fixture
def worker() -> Iterator[Killable]:
    made = Killable(partial(int, 0))
    yield made
    made.close()


def wait_for_end(pid: int) -> bool:
    """Whether the process is gone, or soon will be."""
    for _ in range(600):
        if not Path(f"/proc/{pid}/stat").exists() or Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return True
        time.sleep(0.1)
    return False


def test_it_answers_and_stays_for_the_next_question(worker):
    assert worker.ask(5, partial(sum, [1, 2])) == 3
    assert worker.ask(5, os.getpid) == worker.ask(5, os.getpid) != os.getpid()


def test_what_is_yielded_comes_one_by_one(worker):
    assert list(worker.ask_for_many(5, partial(iter, "abc"))) == ["a", "b", "c"]


def test_answers_nobody_waited_for_are_not_taken_for_the_next(worker):
    stream = worker.ask_for_many(5, partial(iter, range(10)))
    assert next(stream) == 0
    stream.close()
    assert worker.ask(5, partial(int, 42)) == 42


def test_work_without_an_end_is_stopped_though_it_never_returns_to_python(worker):
    with pytest.raises(Died, match="more than 1 seconds of work") as death:
        worker.ask(1, partial(pow, 3, 10**9))
    assert death.value.reason is Reason.TIMED_OUT
    assert worker.ask(5, partial(int, 1)) == 1


def test_time_spent_waiting_is_not_work(worker):
    before = worker.ask(1, os.getpid)
    worker.ask(1, partial(time.sleep, 2.5))
    assert worker.ask(1, os.getpid) == before


def test_waiting_without_end_is_given_up(worker, monkeypatch):
    worker.ask(1, partial(int, 1))
    monkeypatch.setattr(killable, "PATIENCE", 1)
    with pytest.raises(Idle, match="nothing came for 1 seconds"):
        worker.ask(1, partial(time.sleep, 3600))


@pytest.mark.parametrize(
    ("job", "told"),
    [
        (partial(signal.raise_signal, signal.SIGSEGV), "signal 11"),
        (partial(signal.raise_signal, signal.SIGKILL), "signal 9"),
        (partial(os._exit, 3), "exit code 3"),
        (partial(int, "three"), "ValueError: invalid literal"),
    ],
)
def test_whatever_it_died_of_is_told(worker, job, told):
    with pytest.raises(Died, match=told) as death:
        worker.ask(5, job)
    assert death.value.reason is Reason.CRASHED
    assert worker.ask(5, partial(int, 1)) == 1


def test_too_much_memory_is_told_as_such(worker):
    with pytest.raises(Died, match="ran out of memory") as death:
        worker.ask(5, partial(bytes, 1 << 60))
    assert death.value.reason is Reason.TOO_LARGE
    assert worker.ask(5, partial(int, 1)) == 1


def test_what_is_no_documents_fault_is_raised_as_it_is(worker):
    with pytest.raises(FileNotFoundError):
        worker.ask(5, partial(os.stat, "/not/there"))


def test_a_worker_that_cannot_be_prepared_is_an_error_and_no_death():
    worker = Killable(partial(os._exit, 9))
    with pytest.raises(RuntimeError, match="no worker process can be started: the process ended with exit code 9"):
        worker.ask(5, partial(int, 1))


def test_a_worker_has_arrow_without_pandas(worker):
    assert worker.ask(5, partial(pa.array, ["a", "list"])).to_pylist() == ["a", "list"]
    assert not worker.ask(5, partial(eval, "'pandas' in __import__('sys').modules"))


@pytest.mark.skipif(sys.platform != "linux", reason="the GNU library's allocator is kept on Linux alone")
def test_all_of_arrow_in_a_worker_takes_its_memory_where_numpy_does(worker):
    assert worker.ask(5, partial(eval, "__import__('pyarrow').default_memory_pool().backend_name")) == "system"


def test_who_needs_pandas_in_a_worker_gets_it(worker):
    """A site's rule may."""
    assert worker.ask(20, partial(eval, "__import__('pandas').Series([1, 2]).sum()")) == 3


def test_wrong_settings_stop_it_with_their_own_words(tmp_path, monkeypatch):
    from copydesk.sites.book import rule_book

    monkeypatch.setenv("COPYDESK_SITE_RULES", str(tmp_path / "none"))
    worker = Killable(rule_book)
    for _ in range(2):
        with pytest.raises(BadInput, match="set COPYDESK_SITE_RULES"):
            worker.ask(5, partial(int, 1))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_it_ends_when_its_parent_is_killed_in_the_midst_of_work():
    script = (
        "from functools import partial\nimport os, sys\nfrom copydesk.processes.killable import Killable\n"
        "worker = Killable(partial(int, 0))\nprint(worker.ask(5, os.getpid), flush=True)\nworker.ask(500, partial(pow, 3, 10**9))"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with parent:
        child = int(parent.stdout.readline())
        parent.kill()
    assert wait_for_end(child)
