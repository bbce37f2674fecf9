"""Raw files good and bad: a sample of a format, packed in one of the ways dumps come, and damaged in one of the ways they are."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import zstandard

from copydesk.benchmarks.formats.samples import BOMB_BYTES, BOMBS, DOCUMENTS, SAMPLES, pages
from copydesk.raw.reading import READERS

MEMBERS = 3
SCARRED_BYTES = 64
KEPT_SHARE = 0.6  # of a truncated file
CONDITIONS = ("good", "truncated", "corrupt", "empty", "bomb")

Pack = Callable[[list[bytes]], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """One raw file that is to be read."""

    format: str
    packing: str
    condition: str

    @property
    def name(self) -> str:
        """Of the file."""
        return f"{self.format}-{self.packing}-{self.condition}"


def cases() -> Iterator[Case]:
    """Every format that has a reader, packed in every way, in every condition that there can be."""
    for format in READERS:
        for packing in PACKINGS:
            for condition in CONDITIONS:
                if condition != "bomb" or packing in EXPANDING or format in BOMBS:
                    yield Case(format, packing, condition)


def write(case: Case, folder: Path) -> Path:
    """The case as a file."""
    path = folder / case.name
    path.write_bytes(_bytes(case))
    return path


def _bytes(case: Case) -> bytes:
    pack = PACKINGS[case.packing]
    if case.condition == "empty":
        return pack([] if case.packing in ARCHIVES else [b""])
    if case.condition == "bomb" and case.format in BOMBS:
        return pack([BOMBS[case.format](pages())])
    contents = _contents(case.format, MEMBERS if case.packing in ARCHIVES else 1)
    if case.condition == "bomb":
        return _bomb(case.packing, contents)
    packed = pack(contents)
    middle = len(packed) // 2
    if case.condition == "truncated":
        return packed[: int(len(packed) * KEPT_SHARE)]
    if case.condition == "corrupt":
        scar = bytes(byte ^ 0x5A for byte in packed[middle : middle + SCARRED_BYTES])
        return packed[:middle] + scar + packed[middle + SCARRED_BYTES :]
    return packed


def _contents(format: str, files: int) -> list[bytes]:
    """As many files of different documents."""
    documents = pages(DOCUMENTS * files)
    return [SAMPLES[format](documents[n * DOCUMENTS : (n + 1) * DOCUMENTS]) for n in range(files)]


def _bomb(packing: str, contents: list[bytes]) -> bytes:
    """What is good, and behind it more blanks than anybody can have meant."""
    if packing in ARCHIVES:
        return PACKINGS[packing]([*contents, b" " * BOMB_BYTES])
    return PACKINGS[packing](contents) + _blanks(packing)


@cache
def _blanks(packing: str) -> bytes:
    """Compressed as a member of its own, which may stand behind another in all of these."""
    return PACKINGS[packing]([b" " * BOMB_BYTES])


def _zip(contents: list[bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for n, content in enumerate(contents):
            archive.writestr(zipfile.ZipInfo(f"dump/{n}"), content, zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def _tar(contents: list[bytes]) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for n, content in enumerate(contents):
            member = tarfile.TarInfo(f"dump/{n}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return sink.getvalue()


def _gzip(contents: list[bytes]) -> bytes:
    return b"".join(gzip.compress(content, compresslevel=1, mtime=0) for content in contents)


PACKINGS: dict[str, Pack] = {
    "plain": b"".join,
    "gz": _gzip,
    "bz2": lambda contents: b"".join(map(bz2.compress, contents)),
    "xz": lambda contents: b"".join(lzma.compress(content, preset=1) for content in contents),
    "zst": lambda contents: b"".join(
        map(zstandard.ZstdCompressor(write_checksum=True).compress, contents)
    ),  # as its command does
    "zip": _zip,
    "tar": _tar,
    "tar.gz": lambda contents: _gzip([_tar(contents)]),
}
ARCHIVES = frozenset({"zip", "tar", "tar.gz"})
EXPANDING = frozenset(PACKINGS) - {"plain", "tar"}
