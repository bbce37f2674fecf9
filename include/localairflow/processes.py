"""Start a process with everything it will start in turn, and end all of them."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import psutil

GRACE_S = 20.0


def start(command: list[str], environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """`command` in a session of its own, by which its descendants are known, printing to `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - the commands are ours
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def stop(leaders: Iterable[subprocess.Popen[bytes]]) -> None:
    """End them and their descendants, giving them time to finish what they hold; the first last, on which the others stand."""
    leaders = list(leaders)
    for together in (leaders[1:], leaders[:1]):
        for leader in together:
            leader.terminate()
        give_up = time.monotonic() + GRACE_S
        for leader in together:
            with suppress(subprocess.TimeoutExpired):
                leader.wait(max(0.0, give_up - time.monotonic()))
    kill(leaders)


def stop_children(leader: subprocess.Popen[bytes]) -> None:
    """End what `leader` has started itself, for a leader that ends with that, and give it the time to."""
    try:
        children = psutil.Process(leader.pid).children()
    except psutil.NoSuchProcess:
        return
    for child in children:
        _send(child.pid, signal.SIGTERM)
    if children:
        with suppress(subprocess.TimeoutExpired):
            leader.wait(GRACE_S)


def kill(leaders: Iterable[subprocess.Popen[bytes]]) -> None:
    """SIGKILL to every process of their sessions: nothing gets a chance to tidy up."""
    leaders = list(leaders)
    sessions = {leader.pid for leader in leaders}
    while members := _members(sessions):
        for pid in members:
            _send(pid, signal.SIGKILL)
        for leader in leaders:
            leader.poll()
    for leader in leaders:
        leader.wait()  # a zombie is no member any more, and its parent still has to hear of its end


def cpu_seconds(leader: int) -> float:
    """Of the session's living processes, and of their children that have ended."""
    return sum(_spent(pid) for pid in _members({leader}))


def _spent(pid: int) -> float:
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def _members(sessions: set[int]) -> list[int]:
    """The living processes of `sessions`."""
    return [pid for pid in psutil.pids() if _session(pid) in sessions and _lives(pid)]


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except (ProcessLookupError, PermissionError):
        return None


def _lives(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
