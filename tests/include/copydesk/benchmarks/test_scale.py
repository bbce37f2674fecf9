from __future__ import annotations

import sys
from pathlib import Path

import pytest

from copydesk.benchmarks.scale import measure

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
