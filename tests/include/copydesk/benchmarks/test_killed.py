from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.benchmarks.archive import Archive, write_archive
from copydesk.benchmarks.killed import left, main, published

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux: it says who works on a lake")
ARGUMENTS = ["--source", "invented", "--key", "ten-years"]


def test_a_killed_run_is_called_again_and_held_against_one_that_was_not(roots: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_archive(Archive(40, 2, roots), 1)

    assert main(ARGUMENTS) == 0
    out = capfd.readouterr().out
    assert all(f"{name}: | invented ten-years | " in out for name in ("undisturbed", "killed", "called again"))
    assert out.splitlines()[-1] == "0 processes left; 6 published files, of which differ: none"
    lakes = [published(roots / "lake" / name, "invented", "ten-years") for name in ("undisturbed", "killed")]
    assert lakes[0] == lakes[1]
    assert len(lakes[0]) == 6
    with pytest.raises(SystemExit):
        main(ARGUMENTS)  # in the lakes of an earlier call there would be nothing left to do


def test_who_works_on_a_lake_still_is_found(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, env={"COPYDESK_LAKE": str(tmp_path)}) as one:
        assert left(tmp_path) == [one.pid]
        assert left(tmp_path / "other") == []
        one.communicate(b"\n")
    assert left(tmp_path) == []
