"""The raw files of one partition."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import join

from copydesk.dumps import PLACEHOLDER, place_of
from copydesk.errors import BadInput
from copydesk.sources import Source
from copydesk.storage import FileInfo, Storage

SUCCESS = "_SUCCESS"  # what Hadoop and Spark leave beside what they wrote whole
KEY = re.compile(r"\w[\w.+-]*")
WILDCARDS = frozenset("*?[")
LEADS_OUT = "the file, or a folder it is in, is a link that leads out of the raw root; store what it leads to below the root"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A raw file, or a piece of one: its path below the raw root, its address, its size as stored."""

    path: str
    uri: str
    size: int  # of the piece
    start: int = 0  # the first byte of a piece, or row group of Parquet, or member of a zip
    stop: int | None = None  # the first one behind it; None: to the end of the file
    head: int = 0  # bytes at the beginning of the file that every piece is read after, such as the header of a CSV
    file_size: int | None = field(default=None, compare=False)  # of the file a piece is of
    modified_at: str | None = field(default=None, compare=False)  # ISO 8601, as the storage says
    refusal: str | None = None  # why it is never opened; it has no size then

    @property
    def is_piece(self) -> bool:
        """Whether it is not the whole file."""
        return self.start > 0 or self.stop is not None


def list_inputs(storage: Storage, source: Source, key: str, place: str | None = None) -> list[InputFile]:
    """The raw files of the partition `key`, by path: where the source says, or at the path or glob `place`.

    What stands there and is no file is one of them, to be refused: who put it there expects it to be read. A manifest that is about no other partition is one of them, wherever it lies.
    """
    pattern = _pattern(source, key) if place is None else place
    listed = storage.glob(pattern)
    found = {file.path: file for file in listed if not is_marker(source, file.path)}
    if source.record.manifest and (place is not None or PLACEHOLDER.search(fixed_folder(source.raw, source.raw))):
        manifests = sorted({path for file in found if (path := manifest_path(source, file))} - found.keys())
        found |= {file.path: file for path in manifests for file in storage.glob(path)}
    inputs = [_input(storage, file) for file in found.values()]
    for path, what in storage.strays(pattern).items():
        if not is_marker(source, path):
            inputs.append(InputFile(path, storage.uri_of(path), 0, refusal=what))
    return sorted(inputs, key=lambda file: file.path)


def _input(storage: Storage, file: FileInfo) -> InputFile:
    modified_at = file.modified_at.isoformat() if file.modified_at else None
    is_outside = leads_out(storage, file.path)
    size, refusal = (0, LEADS_OUT) if is_outside else (file.size, None)
    return InputFile(file.path, storage.uri_of(file.path), size, modified_at=modified_at, refusal=refusal)


def leads_out(storage: Storage, path: str) -> bool:
    """Whether a link, the file itself or a folder on the way to it, leads out of the root."""
    return storage.is_local and not Path(storage.full(path)).resolve().is_relative_to(Path(storage.base).resolve())


def find_files(storage: Storage, source: Source, key: str) -> list[FileInfo]:
    """What lies there of the partition `key`, by path; markers that say a dump is complete are no part of it."""
    found = storage.glob(_pattern(source, key))
    return sorted((file for file in found if not is_marker(source, file.path)), key=lambda file: file.path)


def _pattern(source: Source, key: str) -> str:
    """Where the files of a partition lie."""
    if not KEY.fullmatch(key) or ".." in key:
        allowed = "letters, digits and any of _ - + . after the first, such as 2026-11-03"
        raise BadInput(f"{source.name}: {key!r} is no partition key; use {allowed}")
    return place_of(source.raw, key)


def is_marker(source: Source, path: str) -> bool:
    """Whether a file only says that a dump is complete, be it the dump of another day: such a file is never read."""
    places = [SUCCESS, *([f"/{PLACEHOLDER.sub('*', source.arrival.marker)}"] if source.arrival.marker else [])]
    return any(PurePosixPath("/", path).match(place) for place in places)


def marker_of(source: Source, key: str) -> str | None:
    """Where the marker of the partition `key` lies below the raw root; None where the source has none."""
    marker = source.arrival.marker
    return str(PurePosixPath(place_of(marker, key))) if marker else None


def manifest_path(source: Source, path: str) -> str | None:
    """Where the manifest lies that says more of the raw file at `path`; None where the source has none."""
    return join(fixed_folder(source.raw, path), source.record.manifest) if source.record.manifest else None


def fixed_folder(pattern: str, path: str) -> str:
    """The folder of `path` that stands before the first wildcard of the pattern which found it."""
    fixed = 0
    for part in pattern.split("/")[:-1]:
        if WILDCARDS & set(part):
            break
        fixed += 1
    return "/".join(path.split("/")[:fixed])
