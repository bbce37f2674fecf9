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
# A leader that is gone once its child is, as Airflow's triggerer, and would be long about it if asked itself.
FOLLOWER = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if (child := os.fork()) == 0:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    print(os.getpid(), flush=True)
    signal.pause()
os.waitpid(child, 0)
"""


def start(tmp_path, script):
    """The leader, and the pid of its child."""
    log = tmp_path / "log"
    leader = processes.start([sys.executable, "-c", script], os.environ, log)
    while not log.read_text().endswith("\n"):
        time.sleep(0.02)
    return leader, int(log.read_text())


@pytest.fixture
def family(tmp_path):
    """A leader with a stubborn child."""
    leader, child = start(tmp_path, FAMILY)
    yield leader, child
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


def test_a_leader_whose_children_are_ended_ends_by_itself_and_one_that_is_gone_has_none(tmp_path):
    leader, child = start(tmp_path, FOLLOWER)
    processes.stop_children(leader)
    assert leader.returncode == 0, "not killed"
    assert gone(child)
    processes.stop_children(leader)
