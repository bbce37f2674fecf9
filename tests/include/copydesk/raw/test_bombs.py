"""What the tests within one process cannot see: the memory that decoders written in C take."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys
import tarfile
import zipfile

import pytest
import zstandard

CONTENT_BYTES = 96 << 20
MAX_GROWTH_BYTES = 48 << 20
READ = """
import json, resource, sys
from pathlib import Path
from copydesk.raw.reading import read_path
from copydesk.settings import Settings
root, expansion, *paths = sys.argv[1:]
settings = Settings(raw=root, lake=root, sources=root, max_record_bytes=1 << 20, max_expansion=expansion)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = [[item.reason if hasattr(item, "reason") else "record" for item in read_path(Path(path), "html", settings)] for path in paths]
print(json.dumps([found, 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)]))
"""


def tar(content: bytes) -> bytes:
    stored = io.BytesIO()
    with tarfile.open(fileobj=stored, mode="w") as archive:
        info = tarfile.TarInfo("bomb.html")
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return stored.getvalue()


def zipped(method: int):
    def pack(content: bytes) -> bytes:
        stored = io.BytesIO()
        with zipfile.ZipFile(stored, "w", method) as archive:
            archive.writestr("bomb.html", content)
        return stored.getvalue()

    return pack


@pytest.fixture(scope="module")
def bombs(tmp_path_factory):
    """A page of one letter, packed in every way."""
    folder, content = tmp_path_factory.mktemp("bombs"), b"x" * CONTENT_BYTES
    packed = {
        "gzip": gzip.compress(content, 9),
        "zstd": zstandard.ZstdCompressor(19).compress(content),
        "bzip2": bz2.compress(content),
        "xz": lzma.compress(content, preset=1),
        "zip": zipped(zipfile.ZIP_DEFLATED)(content),
        "bzip2-zip": zipped(zipfile.ZIP_BZIP2)(content),
        "tar-zstd": zstandard.compress(tar(content)),
        "tar-of-zstd": tar(zstandard.compress(content)),
        "zip-of-gzip": zipped(zipfile.ZIP_STORED)(gzip.compress(content, 9)),
    }
    for name, stored in packed.items():
        (folder / name).write_bytes(stored)
    return [str(folder / name) for name in packed]


def read(bombs: list[str], tmp_path, max_expansion: int) -> tuple[list[list[str]], int]:
    call = [sys.executable, "-c", READ, str(tmp_path), str(max_expansion), *bombs]
    done = subprocess.run(call, capture_output=True, text=True, timeout=800, check=True)
    found, growth = json.loads(done.stdout)
    return found, growth


@pytest.mark.parametrize("max_expansion", [200, 1_000_000_000])
def test_bombs_of_every_kind_are_rejected_in_bounded_memory(bombs, tmp_path, max_expansion):
    found, growth = read(bombs, tmp_path, max_expansion)
    assert [reasons[0] for reasons in found] == ["too_large"] * len(bombs)
    assert growth < MAX_GROWTH_BYTES
