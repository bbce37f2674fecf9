from __future__ import annotations

import subprocess
import sys

import pytest

KEPT = """
from copydesk.processes.allocation import reuse_memory
reuse_memory()
import pyarrow as pa
print(pa.default_memory_pool().backend_name)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the GNU library's allocator is kept on Linux alone")
def test_all_of_arrow_takes_its_memory_where_numpy_does() -> None:
    found = subprocess.run([sys.executable, "-c", KEPT], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "system"
