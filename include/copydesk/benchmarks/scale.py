"""How time and memory of a run grow with its size: `python -m copydesk.benchmarks.scale --source NAME --key KEY`.

Runs `copydesk run` with the settings of the environment and watches every process it starts, then tells what the run itself
measured: seconds by stage, and what its validation took of the CPU. With `--alone 2000` extraction of so many of its documents is timed
before and after it, in CPU as the run is: in one process, and in as many at once as the run has. Linux only: the kernel keeps the most
memory that a process ever held.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from copydesk import read
from copydesk.benchmarks.alone import cpu_seconds_alone, processes_of_run

LOOK_SECONDS = 0.25
HELD = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
PARENT = re.compile(r"^PPid:\s+(\d+)", re.MULTILINE)


class Outcome(NamedTuple):
    """What a run took."""

    returncode: int
    seconds: float  # on the clock
    cpu_seconds: float  # of all processes: what a busy machine does not change
    processes: int
    peak_mb: float  # of the process that held the most


def measure(command: list[str], environment: Mapping[str, str] | None = None, killed_after: float = math.inf) -> Outcome:
    """Run a command to its end, or for so many seconds: then it and all it has started are killed at once."""
    peaks: dict[int, float] = {}
    worked = _worked_seconds()
    began = time.perf_counter()
    with subprocess.Popen(command, env=environment) as running:  # noqa: S603 - the command is ours
        while running.poll() is None:
            peaks |= (held := _held_mb(running.pid))
            if time.perf_counter() - began > killed_after:
                _kill(held)
            time.sleep(LOOK_SECONDS)
    seconds = time.perf_counter() - began
    return Outcome(running.returncode, seconds, _worked_seconds() - worked, len(peaks), max(peaks.values(), default=0.0))


def _kill(processes: Iterable[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _worked_seconds() -> float:
    """Of children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _held_mb(root: int) -> dict[int, float]:
    """The most each process below `root`, and itself, has held so far."""
    held: dict[int, float] = {}
    children: dict[int, list[int]] = defaultdict(list)
    for status in Path("/proc").glob("[0-9]*/status"):
        text = _read(status)
        if (size := HELD.search(text)) and (parent := PARENT.search(text)):
            pid = int(status.parent.name)
            held[pid] = int(size[1]) * 1024 / 1e6
            children[int(parent[1])].append(pid)
    family, left = set[int](), [root]
    while left:
        pid = left.pop()
        family.add(pid)
        left += children[pid]
    return {pid: held[pid] for pid in family if pid in held}


def _read(status: Path) -> str:
    try:
        return status.read_text()
    except OSError:  # it ended
        return ""


def timings(source: str, key: str) -> dict[str, float]:
    """Seconds by stage, as the last run of the dump put them on record."""
    rows = read("runs", sources=[source], columns=["dump", "started_at", "finished_at", "timings"]).to_pylist()
    last = max((row for row in rows if row["dump"] == key), key=lambda row: (row["started_at"], row["finished_at"]))
    return {one["stage"]: one["seconds"] for one in last["timings"]}


def in_words(seconds: dict[str, float], cpu_seconds: float) -> str:
    """The stages on a line, and the share that validation has of the CPU: rows in `validate`, the run as a whole in `judge`."""
    stages = ", ".join(f"{stage} {each:.1f} s" for stage, each in seconds.items())
    validation = seconds["validate"] + seconds["judge"]
    return f"{stages}; validation (validate, judge) {validation / cpu_seconds:.1%} of {cpu_seconds:.0f} s of CPU"


def documents(source: str, key: str) -> int:
    """Records that the last run of the dump has seen."""
    rows = read("runs", sources=[source], columns=["dump", "started_at", "records_seen"]).to_pylist()
    return int(max((row for row in rows if row["dump"] == key), key=lambda row: row["started_at"])["records_seen"])


def beside_alone(run_seconds: float, alone: Mapping[int, list[float]]) -> Iterator[str]:
    """Seconds of CPU for a document in the run and in extraction alone, by processes at once, and how fast that makes the run."""
    yield f"a document {run_seconds * 1000:.2f} ms of CPU"
    for processes, seconds in alone.items():
        before_and_after = " and ".join(f"{each * 1000:.2f}" for each in seconds)
        speed = sum(seconds) / len(seconds) / run_seconds
        yield f"extraction alone, {processes} at once, {before_and_after} ms: the run is {speed:.0%} as fast"


def command_of(source: str, key: str) -> list[str]:
    """What a user would call."""
    return [sys.executable, "-m", "copydesk.cli", "run", source, key]


def row_of(source: str, key: str, outcome: Outcome) -> str:
    """A line of the table."""
    figures = f"{outcome.seconds:.0f} s | {outcome.cpu_seconds:.0f} s of CPU | {outcome.processes} processes"
    return f"| {source} {key} | {figures} | {outcome.peak_mb:.0f} MB at most |"


def _time_alone(source: str, key: str, count: int, alone: Mapping[int, list[float]]) -> None:
    for processes, seconds in alone.items():
        seconds.append(cpu_seconds_alone(source, key, count, processes))


def main(arguments: list[str] | None = None) -> int:
    """Run, and print a line of the table, and one on its stages."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks.scale", description=__doc__)
    parser.add_argument("--source", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--alone", type=int, metavar="DOCUMENTS", help="time extraction of so many documents alone, too")
    given = parser.parse_args(arguments)
    dump = given.source, given.key
    alone: dict[int, list[float]] = {at_once: [] for at_once in (1, processes_of_run())} if given.alone else {}
    _time_alone(*dump, given.alone, alone)
    outcome = measure(command_of(*dump))
    sys.stdout.write(f"{row_of(*dump, outcome)}\n")
    if outcome.returncode == 0:
        sys.stdout.write(f"{in_words(timings(*dump), outcome.cpu_seconds)}\n")
    if outcome.returncode == 0 and given.alone:
        _time_alone(*dump, given.alone, alone)
        sys.stdout.writelines(f"{line}\n" for line in beside_alone(outcome.cpu_seconds / documents(*dump), alone))
    return outcome.returncode


if __name__ == "__main__":
    sys.exit(main())
