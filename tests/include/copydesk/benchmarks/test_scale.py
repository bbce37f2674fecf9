from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from copydesk.benchmarks.archive import Archive, write_archive
from copydesk.benchmarks.scale import main, measure

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux: the kernel keeps the peaks")
CHILD = "import time; data = bytearray(80_000_000); time.sleep(1)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}], check=True)"


def test_the_memory_of_what_a_command_starts_is_seen() -> None:
    outcome = measure([sys.executable, "-c", PARENT])

    assert outcome.returncode == 0
    assert outcome.processes == 2
    assert 80 < outcome.peak_mb < 160
    assert outcome.seconds >= 1


def test_a_command_that_fails_says_so() -> None:
    assert measure([sys.executable, "-c", "raise SystemExit(2)"]).returncode == 2


def test_a_run_tells_the_seconds_of_its_stages_and_the_share_of_its_validation(
    roots: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_archive(Archive(12, 2, roots), 1)
    (roots / "lake").mkdir()

    assert main(["--source", "invented", "--key", "ten-years"]) == 0
    *_, line, stages = capfd.readouterr().out.splitlines()
    assert line.startswith("| invented ten-years | ")
    told = re.fullmatch(r"segment .+ s, clean .+ s, validate (.+) s, judge (.+) s; validation .+ (\d.*)% of \d+ s of CPU", stages)
    assert told
    validate, judge, share = map(float, told.groups())
    assert validate > 0
    assert judge > 0
    assert 0 < share < 100


def test_a_run_is_held_against_extraction_in_one_process_and_in_as_many_as_it_has(
    roots: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_archive(Archive(12, 2, roots), 1)
    (roots / "lake").mkdir()
    monkeypatch.setenv("COPYDESK_PROCESSES", "2")

    assert main(["--source", "invented", "--key", "ten-years", "--alone", "5"]) == 0
    *_, run, one, two = capfd.readouterr().out.splitlines()
    (in_run,) = map(float, re.findall(r"a document (\S+) ms of CPU", run))
    for line, processes in ((one, 1), (two, 2)):
        told = re.fullmatch(rf"extraction alone, {processes} at once, (\S+) and (\S+) ms: the run is (\d+)% as fast", line)
        assert told
        before, after, speed = map(float, told.groups())
        assert min(before, after) > 0
        assert speed == pytest.approx(100 * (before + after) / 2 / in_run, abs=1)
