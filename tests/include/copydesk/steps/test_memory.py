from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("measured_run.py")
GROWTH = 40  # MiB; holding the pages of the larger shard would take several hundred


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of other processes is read from /proc")
def test_memory_does_not_grow_with_the_documents_of_a_shard(tmp_path):
    few, many = (
        int(
            subprocess.run(
                [sys.executable, str(SCRIPT), str(tmp_path / str(pages)), str(pages)],
                capture_output=True,
                text=True,
                check=True,
                timeout=800,
            ).stdout
        )
        for pages in (500, 4000)
    )
    assert many - few < GROWTH
