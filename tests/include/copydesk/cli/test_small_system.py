"""A system that has Python and little else, as many images of containers are."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk import read

ZONES = "/usr/share/zoneinfo"
APART = ["unshare", "--user", "--map-root-user", "--mount"]  # a view of the file system that ends with the process
HIDE = f'mount --types tmpfs none {ZONES} && exec "$@"'


@pytest.fixture
def without_zones() -> list[str]:
    """What is written before a command to run it where the system has no database of time zones."""
    if not Path(ZONES).is_dir():
        return []
    command = [*APART, "sh", "-c", HIDE, "sh"]
    if shutil.which("unshare") is None or subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip(f"this system does not let a test hide {ZONES}")
    return command


def test_a_dump_goes_its_way_where_the_system_has_no_time_zones(
    without_zones: list[str], tmp_path: Path, story: Path, source: Path
) -> None:
    day = tmp_path / "raw" / "courier" / "2026-11-03"
    day.mkdir(parents=True)
    story.rename(day / "ferry.txt")
    for call in (["run", "courier", "2026-11-03"], ["curate"], ["datasets"]):
        command = [*without_zones, sys.executable, "-m", "copydesk.cli", *call]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
    (article,) = read("articles").to_pylist()

    assert article["published_at"].isoformat() == "2026-11-03T09:30:00+00:00"
    assert article["published_zone"] == "Europe/London"
