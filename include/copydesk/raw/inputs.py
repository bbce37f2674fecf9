"""The raw files of one partition, and how they are shared out to tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from copydesk.dumps import place_of
from copydesk.errors import BadInput
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.storage import FileInfo, Storage

KEY = re.compile(r"\w[\w.+-]*")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A raw file, or a piece of one: its path below the raw root, its address, its size as stored."""

    path: str
    uri: str
    size: int  # of the piece
    start: int = 0  # the first byte of a piece, or row group of Parquet, or member of a zip
    stop: int | None = None  # the first one behind it; None: to the end of the file
    head: int = 0  # bytes at the beginning of the file that every piece is read after, such as the header of a CSV


def list_inputs(storage: Storage, source: Source, key: str) -> list[InputFile]:
    """The raw files of the partition `key`, by path."""
    return [InputFile(file.path, storage.uri_of(file.path), file.size) for file in find_files(storage, source, key)]


def find_files(storage: Storage, source: Source, key: str) -> list[FileInfo]:
    """What lies there of the partition `key`, by path; the marker that says a dump is complete is no part of it."""
    if not KEY.fullmatch(key) or ".." in key:
        allowed = "letters, digits and any of _ - + . after the first, such as 2026-11-03"
        raise BadInput(f"{source.name}: {key!r} is no partition key; use {allowed}")
    marker = marker_of(source, key)
    found = storage.glob(place_of(source.raw, key))
    return sorted((file for file in found if file.path != marker), key=lambda file: file.path)


def marker_of(source: Source, key: str) -> str | None:
    """Where the marker of the partition `key` lies below the raw root; None where the source has none."""
    marker = source.arrival.marker
    return str(PurePosixPath(place_of(marker, key))) if marker else None


def cut_shards(inputs: Sequence[InputFile], settings: Settings) -> list[list[InputFile]]:
    """The files in order, in runs of about `shard_bytes`, at most `max_shards` of them; the one run is empty without files."""
    total = sum(file.size for file in inputs)
    shard_bytes = max(settings.shard_bytes, -(-total // settings.max_shards))
    last = max(0, total - 1) // shard_bytes
    runs = groupby(zip(inputs, _starts(inputs), strict=True), key=lambda pair: min(pair[1] // shard_bytes, last))
    return [[file for file, _ in run] for _, run in runs] or [[]]


def _starts(inputs: Sequence[InputFile]) -> Iterator[int]:
    """Where each file would start if all stood in one."""
    position = 0
    for file in inputs:
        yield position
        position += file.size
