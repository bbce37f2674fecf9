"""Real processes write one partition, are killed or race, and every read in between is one version whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from copydesk import read
from copydesk.lake.layout import STAGING, partition_path
from copydesk.lake.manifest import load
from copydesk.schema import REMOVED
from copydesk.storage import Storage

KILLS = 10
WRITER = Path(__file__).with_name("endless_writer.py")
FOLDER = partition_path(REMOVED, {"source": "lbc", "dump": "2026-11-03"})

pytestmark = pytest.mark.parametrize("way", ["exchange", "switch"])


@contextmanager
def writer(lake: Storage, way: str, *versions: int) -> Iterator[subprocess.Popen[str]]:
    """A process that publishes these versions in turn, has begun, and is killed at the end."""
    command = [sys.executable, str(WRITER), lake.uri, way, *map(str, versions)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline()
            yield process
        finally:
            process.kill()


def version_read(lake: Storage) -> int:
    """The version all rows agree on."""
    texts = read("removed", columns=["text"], root=lake.uri)["text"].to_pylist()
    version = int(texts[0])
    assert texts == [str(version)] * version**2
    return version


def read_for(seconds: float, lake: Storage, versions: int = 1) -> set[int]:
    """What is read meanwhile, and until so many versions were seen: on a busy machine writers may have to wait for their turn."""
    end = time.monotonic() + seconds
    seen = {version_read(lake)}
    while time.monotonic() < end or len(seen) < versions:
        seen.add(version_read(lake))
    return seen


def live_files(lake: Storage) -> set[str]:
    return {Path(file.path).name for file in lake.files(FOLDER)} - {"_manifest.json"}


def test_a_writer_killed_at_any_moment_leaves_one_version_whole(lake: Storage, way: str) -> None:
    moments = random.Random(2026)
    seen = set()
    for _ in range(KILLS):
        with writer(lake, way, 2, 3) as process:
            seen |= read_for(moments.uniform(0, 0.3), lake)
            process.kill()
        seen.add(version_read(lake))
    assert seen == {2, 3}
    assert lake.folders(REMOVED.name) == ["removed/source=lbc"]


def test_after_a_kill_the_next_publication_clears_the_partition(lake: Storage, way: str) -> None:
    with writer(lake, way, 2, 3) as process:
        time.sleep(0.05)
        process.kill()
    with writer(lake, way, 4):
        manifest = load(lake, FOLDER)
        assert manifest is not None
        assert live_files(lake) == {part.name for part in manifest.parts}
        assert version_read(lake) == 4


def test_of_two_writers_at_once_one_wins_whole(lake: Storage, way: str) -> None:
    with writer(lake, way, 2, 3) as one, writer(lake, way, 3, 5) as other:
        seen = read_for(2, lake, versions=2)
        assert (one.poll(), other.poll()) == (None, None)
    assert seen <= {2, 3, 5}
    version_read(lake)
    assert {folder for folder in lake.folders() if folder != STAGING} == {"removed"}
