"""Where pieces of a container may begin: members of a tar, and the sizes of the members of a zip and of Parquet's row groups."""

from __future__ import annotations

import re
import tarfile
from array import array
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.raw.archives.tar import ABOUT_OTHERS, ABOUT_THE_NEXT, BLOCK, MAX_HEADER_BYTES, WITHOUT_CONTENT
from copydesk.raw.archives.zip_directory import find_directory, list_entries
from copydesk.raw.compression.stream import Ending
from copydesk.raw.cutting.rows import Seekable

PAX_SIZE = re.compile(rb"(?:^|\n)\d+ size=(\d{1,18})\n")


def row_groups(stream: BinaryIO) -> Sequence[int]:
    """The bytes of each row group of a Parquet file; none where its footer cannot be read."""
    try:
        metadata = pq.ParquetFile(stream).metadata
        return [metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups)]
    except (pa.ArrowException, OSError):  # the reader says what is wrong with it
        return ()


def zip_members(stream: BinaryIO) -> Sequence[int]:
    """The stored bytes of each member of a zip, as its directory lists them; none where that is broken or lost."""
    directory = find_directory(stream)
    sizes = array("q")
    for entry in list_entries(stream, directory) if directory else ():
        if isinstance(entry, Ending):  # the reader says what is wrong with it
            return ()
        sizes.append(entry.stored_size)
    return sizes


def tar_members(stream: Seekable, size: int, targets: list[int]) -> Iterator[int]:
    """For each target the first member behind it, found from header to header, up to the first that is not understood."""
    left = sorted(targets, reverse=True)
    for start in _tar_starts(stream, size):
        if left and start >= left[-1]:
            yield start
            while left and left[-1] <= start:
                left.pop()
        if not left:
            return


def _tar_starts(stream: Seekable, size: int) -> Iterator[int]:
    """Where each member begins: with its own header, or with those that extend it."""
    position, start, given = 0, None, None
    while position + BLOCK <= size:
        stream.seek(position)
        try:
            header = tarfile.TarInfo.frombuf(stream.read(BLOCK), "utf-8", "backslashreplace")
        except tarfile.HeaderError:
            return
        if header.type == tarfile.GNUTYPE_SPARSE or header.size < 0:
            return  # how far it reaches is said behind its header
        start = position if start is None else start
        position += BLOCK
        if header.type in ABOUT_THE_NEXT or header.type in ABOUT_OTHERS:
            given = _stated_size(stream, header) or given
            position += _blocks(header.size)
        else:
            yield start
            position += 0 if header.type in WITHOUT_CONTENT else _blocks(header.size if given is None else given)
            start = given = None


def _stated_size(stream: Seekable, header: tarfile.TarInfo) -> int | None:
    """What an extended header says of the size of the member behind it, where the member's own has no room for it."""
    if header.type != tarfile.XHDTYPE or header.size > MAX_HEADER_BYTES:
        return None
    found = PAX_SIZE.search(stream.read(header.size))
    return int(found[1]) if found else None


def _blocks(size: int) -> int:
    return -(-size // BLOCK) * BLOCK
