"""Large raw files cut into pieces of similar work, so that the pieces one after the other give the records of the whole file.

A boundary is set only where it is certain; a file without a certain one stays whole.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise

from copydesk.raw.archives.tar import is_tar
from copydesk.raw.compression.codecs import BZIP2, GZIP, XZ, ZSTD, find_codec
from copydesk.raw.cutting.containers import row_groups, tar_members, zip_members
from copydesk.raw.cutting.members import LINES, WARC, member_starts, warc_records
from copydesk.raw.cutting.rows import Seekable, article_starts, line_starts, row_starts
from copydesk.raw.inputs import InputFile
from copydesk.sources import Source
from copydesk.storage import Storage

SNIFFED_BYTES = 1024
TRUSTED_BYTES = 1 << 20  # of a smaller file the name is believed: looking into each of many is a request each
LOCAL_BLOCK_BYTES, REMOTE_BLOCK_BYTES = 1 << 15, 1 << 20
# How much more there is to read than is stored, about, for news text.
FACTORS = {GZIP.name: 4, ZSTD.name: 4, BZIP2.name: 5, XZ.name: 5, "zip": 4, "parquet": 3}
SUFFIXES = {
    ".gz": GZIP.name,
    ".zst": ZSTD.name,
    ".bz2": BZIP2.name,
    ".xz": XZ.name,
    ".zip": "zip",
    ".parquet": "parquet",
}

Targets = list[int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A file or a piece of one, with the bytes there are to read in it, about."""

    file: InputFile
    work: int


class Cutter:
    """Cuts the files of one source."""

    def __init__(self, storage: Storage, source: Source, max_record_bytes: int) -> None:
        self._storage = storage
        self._source = source
        self._max_record_bytes = max_record_bytes

    def factor(self, file: InputFile) -> int:
        """How many bytes there are to read for each that is stored."""
        if file.size >= TRUSTED_BYTES:
            return FACTORS.get(self._container(file), 1)
        return next((FACTORS[kind] for suffix, kind in SUFFIXES.items() if file.path.lower().endswith(suffix)), 1)

    def cut(self, whole: Piece, size: int) -> list[Piece]:
        """The file in pieces of about `size` of work, in order; in one where no boundary between two is certain."""
        count = -(-whole.work // size)
        with self._open(whole.file) as stream:
            container = self._container(whole.file)
            if container in {"parquet", "zip"}:
                return _by_number(whole, row_groups(stream) if container == "parquet" else zip_members(stream), count)
            targets = [whole.file.size * n // count for n in range(1, count)]
            head, starts = self._byte_starts(container, stream, whole.file.size, targets)
            return _by_bytes(whole, list(starts), head)

    def _container(self, file: InputFile) -> str:
        """What decides on where a file can be cut, by its beginning: a codec, an archive, or nothing of the kind."""
        with self._open(file) as stream:
            head = stream.read(SNIFFED_BYTES)
        if codec := find_codec(head):
            return codec.name
        if head.startswith(b"PK\3\4"):
            return "zip"
        if head.startswith(b"PAR1") and self._source.format == "parquet":
            return "parquet"
        return "tar" if is_tar(head) else ""

    def _byte_starts(self, container: str, stream: Seekable, size: int, targets: Targets) -> tuple[int, Iterable[int]]:
        """How many bytes at the beginning of the file belong to every piece, and where pieces may begin."""
        format_ = self._source.format
        find: Callable[[Seekable, int, Targets], Iterable[int]] | None = None
        if container == "tar":
            find = tar_members
        elif container in {GZIP.name, ZSTD.name} and format_ in {"warc", "jsonl"}:
            codec, joint = GZIP if container == GZIP.name else ZSTD, WARC if format_ == "warc" else LINES
            return 0, member_starts(stream, size, targets, codec, joint)
        elif not container and format_ == "csv":
            return row_starts(stream, size, targets, self._source.record, self._max_record_bytes)
        elif not container and format_ == "text":
            return 0, article_starts(stream, size, targets, self._source.record)
        elif not container:
            find = {"jsonl": line_starts, "warc": warc_records}.get(format_)
        return 0, find(stream, size, targets) if find else ()

    @contextmanager
    def _open(self, file: InputFile) -> Iterator[io.BufferedReader]:
        block = LOCAL_BLOCK_BYTES if self._storage.is_local else REMOTE_BLOCK_BYTES
        with self._storage.open_random(file.path) as stored, io.BufferedReader(stored, block) as stream:
            yield stream


def _by_bytes(whole: Piece, starts: list[int], head: int) -> list[Piece]:
    """The pieces that begin at the first byte and at each of `starts`."""
    if not starts:
        return [whole]
    file, edges = whole.file, [0, *starts, whole.file.size]
    pieces = []
    for start, stop in pairwise(edges):
        size = stop - start
        part = replace(file, size=size, start=start, stop=stop, head=head if start else 0, file_size=file.size)
        pieces.append(Piece(part, whole.work * size // file.size))
    return pieces


def _by_number(whole: Piece, sizes: Sequence[int], count: int) -> list[Piece]:
    """The pieces of a file whose parts have numbers and sizes, such as row groups."""
    if len(sizes) < 2:
        return [whole]
    file, total, position = whole.file, sum(sizes), 0
    starts = [0]
    for number, size in enumerate(sizes):
        if number and position * count >= total * len(starts):
            starts.append(number)
        position += size
    pieces = []
    for start, stop in pairwise([*starts, len(sizes)]):
        share = file.size * sum(sizes[start:stop]) // max(1, total)
        part = replace(file, size=share, start=start, stop=stop, file_size=file.size)
        pieces.append(Piece(part, whole.work * share // max(1, file.size)))
    return pieces if len(starts) > 1 else [whole]
