"""Archives of invented pages, and what tests ask of what was read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest
import zstandard

from copydesk.records import Record, Reject

CODECS = {"plain": bytes, "gzip": gzip.compress, "zstd": zstandard.compress, "bzip2": bz2.compress, "xz": lzma.compress}
PAGES = {f"day/{n}.html": f"<p>Page {n} of the invented Harbour Gazette.</p>".encode() * (n + 1) for n in range(5)}


def packed_tar(files: dict[str, bytes], format: int = tarfile.GNU_FORMAT) -> bytes:
    stored = io.BytesIO()
    with tarfile.open(fileobj=stored, mode="w", format=format) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stored.getvalue()


def packed_zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stored.getvalue()


PACKED = {"tar": packed_tar, "zip": packed_zip}
every_codec = pytest.mark.parametrize("compress", CODECS.values(), ids=CODECS)
every_inner = pytest.mark.parametrize("inner", PACKED.values(), ids=PACKED)
every_archive = pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)


def contents(items):
    return [(item.origin.member, item.content) for item in items if isinstance(item, Record)]


def reasons(items):
    return [item.reason for item in items if isinstance(item, Reject)]
