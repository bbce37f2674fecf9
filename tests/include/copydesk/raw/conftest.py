from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.raw.inputs import list_inputs
from copydesk.raw.reading import Reading, read_file
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.storage import Storage


class Desk:
    """A raw root on disk, and what reading one file of it gives."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings = Settings(
            raw=str(root), lake=str(root), sources=str(root), max_record_bytes=2000, max_expansion=200, shard_bytes=1000
        )
        self.storage = Storage.open(str(root))

    def source(self, format: str, /, **record: str | list[str]) -> Source:
        return Source.model_validate({"name": "desk", "raw": "{key}/*", "format": format, "record": record})

    def reading(self, content: bytes, format: str, /, **record: str | list[str]) -> Reading:
        path = self.root / "day" / "file"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        source = self.source(format, **record)
        (file,) = list_inputs(self.storage, source, "day")
        return read_file(self.storage, file, source, self.settings)

    def items(self, content: bytes, format: str, /, **record: str | list[str]) -> list:
        return list(self.reading(content, format, **record))


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def any_desk(tmp_path_factory):
    """One raw root for all examples of a property test."""
    return Desk(tmp_path_factory.mktemp("raw"))


READ_APART = """
import json, resource, sys
from collections import Counter
from pathlib import Path
from copydesk.raw.reading import read_path
from copydesk.records import Reject
from copydesk.settings import Settings

settings = Settings(raw="/", lake="/", sources="/", max_record_bytes=int(sys.argv[3]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
items = read_path(Path(sys.argv[1]), sys.argv[2], settings)
counts = Counter(item.reason.value if isinstance(item, Reject) else "record" for item in items)
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps([counts, grown / 1024]))
"""


@pytest.fixture
def read_apart():
    """Read a file in a process of its own: what was counted, and by how many MB its memory grew at most."""

    def read(path: Path, format: str, max_record_bytes: int) -> tuple[dict[str, int], float]:
        command = [sys.executable, "-c", READ_APART, str(path), format, str(max_record_bytes)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=800)
        counts, grown_mb = json.loads(done.stdout)
        return counts, grown_mb

    return read
