from __future__ import annotations

import os
import sys
import time

import psutil
import pytest

from localairflow import processes

# A leader with a child in a process group of its own, as a task is to Airflow, that outlives it and ignores SIGTERM.
FAMILY = """
import os, signal, sys, time
if os.fork() == 0:
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print(os.getpid(), flush=True)
    time.sleep(120)
time.sleep(120)
"""


@pytest.fixture
def family(tmp_path):
    """The leader, and the pid of its stubborn child."""
    log = tmp_path / "log"
    leader = processes.start([sys.executable, "-c", FAMILY], os.environ, log)
    while not log.read_text().endswith("\n"):
        time.sleep(0.02)
    yield leader, int(log.read_text())
    processes.kill([leader])


def gone(pid):
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("end", [processes.stop, processes.kill])
def test_no_descendant_outlives_its_leader(family, end):
    leader, child = family
    end([leader])
    assert leader.returncode is not None
    assert gone(child)


def test_a_leader_that_ended_by_itself_takes_its_descendants_along(family):
    leader, child = family
    leader.kill()
    leader.wait()
    assert not gone(child)
    processes.kill([leader])
    assert gone(child)
