"""The directory of a zip archive, entry by entry, in memory that does not grow with their number.

Python's own `zipfile` holds an object for each entry, and opens no archive that has lost its directory.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from copydesk.raw.archives.members import broken
from copydesk.raw.compression.stream import BUFFER_BYTES, Ending

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LOCAL, ENTRY, DIRECTORY_END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
ENTRY_HEADER = struct.Struct("<4s6H3L5H2L")
END_HEADER = struct.Struct("<4s4H2LH")
ZIP64_LOCATOR = struct.Struct("<4sLQL")
ZIP64_END = struct.Struct("<4sQ2H2L4Q")
ZIP64_LOCATOR_MAGIC, ZIP64_END_MAGIC = b"PK\x06\x07", b"PK\x06\x06"
ZIP64_EXTRA, NUMBER_BYTES = 1, 8
EXTRA_HEADER = struct.Struct("<2H")
LONGEST_COMMENT = 0xFFFF
UNKNOWN = 0xFFFFFFFF  # the number stands in the extra field
ENCRYPTED, SIZES_FOLLOW, IN_UTF8 = 1, 8, 0x800
UNIX, FILE_TYPE_SHIFT = 3, 16


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the entries stand."""

    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What a zip archive says of a member."""

    name: str
    flags: int
    method: int
    crc: int
    stored_size: int
    size: int
    header_offset: int
    mode: int = 0  # as Unix has it


class Window(io.RawIOBase):
    """The bytes [start, stop) of a file that others read in as well."""

    def __init__(self, file: BinaryIO, start: int, stop: int) -> None:
        self._file, self._position, self._stop = file, start, stop

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` as far as the window goes."""
        view = memoryview(buffer)
        self._file.seek(self._position)
        data = self._file.read(min(len(view), max(0, self._stop - self._position)))
        view[: len(data)] = data
        self._position += len(data)
        return len(data)


def find_directory(file: BinaryIO) -> Directory | None:
    """The directory at the end of a zip archive; None where there is none, as in one that was cut."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - LONGEST_COMMENT - END_HEADER.size - ZIP64_LOCATOR.size)
    tail = _read_at(file, start, size - start)
    place = tail.rfind(DIRECTORY_END)
    while place >= 0:
        if found := _directory(file, tail[max(0, place - ZIP64_LOCATOR.size) : place], tail[place:], start + place):
            return found
        place = tail.rfind(DIRECTORY_END, 0, place)
    return None


def list_entries(file: BinaryIO, directory: Directory) -> Iterator[Entry | Ending]:
    """Every entry in the order of the directory, and an Ending where that is broken."""
    window = io.BufferedReader(Window(file, directory.offset, directory.offset + directory.size), BUFFER_BYTES)
    number = 0
    while header := window.read(ENTRY_HEADER.size):
        if len(header) < ENTRY_HEADER.size or not header.startswith(ENTRY):
            yield broken(f"the directory of the zip archive is broken after {number} members", directory.offset)
            return
        parts = ENTRY_HEADER.unpack(header)
        name_size, extra_size, comment_size = parts[10:13]
        name, extra, _ = window.read(name_size), window.read(extra_size), window.read(comment_size)
        mode = parts[15] >> FILE_TYPE_SHIFT if parts[1] >> 8 == UNIX else 0
        sizes = _wide((parts[9], parts[8], parts[16]), extra)
        yield Entry(_name(name, parts[3]), parts[3], parts[4], parts[7], sizes[1], sizes[0], sizes[2], mode)
        number += 1


def scan_entries(file: BinaryIO) -> Iterator[Entry]:
    """What the headers before the members say, from the first one on; it ends at one that does not say where the next is."""
    offset = 0
    while len(header := _read_at(file, offset, LOCAL_HEADER.size)) == LOCAL_HEADER.size and header.startswith(LOCAL):
        _, _, flags, method, _, _, crc, stored_size, size, name_size, extra_size = LOCAL_HEADER.unpack(header)
        rest = file.read(name_size + extra_size)
        size, stored_size = _wide((size, stored_size), rest[name_size:])
        if flags & SIZES_FOLLOW or len(rest) < name_size + extra_size:
            return
        yield Entry(_name(rest[:name_size], flags), flags, method, crc, stored_size, size, offset)
        offset += LOCAL_HEADER.size + len(rest) + stored_size


def _directory(file: BinaryIO, locator: bytes, end: bytes, place: int) -> Directory | None:
    if len(end) < END_HEADER.size:
        return None
    *_, size, offset, _ = END_HEADER.unpack(end[: END_HEADER.size])
    if len(locator) == ZIP64_LOCATOR.size and locator.startswith(ZIP64_LOCATOR_MAGIC):
        wide = _read_at(file, ZIP64_LOCATOR.unpack(locator)[2], ZIP64_END.size)
        if len(wide) == ZIP64_END.size and wide.startswith(ZIP64_END_MAGIC):
            size, offset = ZIP64_END.unpack(wide)[-2:]
    is_there = not size or _read_at(file, offset, len(ENTRY)) == ENTRY
    return Directory(offset, size) if offset + size <= place and is_there else None


def _wide(numbers: tuple[int, ...], extra: bytes) -> tuple[int, ...]:
    """`numbers` as the extra field has them where they are too large for their place."""
    wide = (number for (number,) in struct.iter_unpack("<Q", _extra_field(extra, ZIP64_EXTRA)))
    return tuple(next(wide, number) if number == UNKNOWN else number for number in numbers)


def _extra_field(extra: bytes, wanted: int) -> bytes:
    while len(extra) >= EXTRA_HEADER.size:
        kind, size = EXTRA_HEADER.unpack_from(extra)
        field, extra = extra[EXTRA_HEADER.size :][:size], extra[EXTRA_HEADER.size + size :]
        if kind == wanted:
            return field[: len(field) // NUMBER_BYTES * NUMBER_BYTES]
    return b""


def _name(name: bytes, flags: int) -> str:
    return name.decode("utf-8", "backslashreplace") if flags & IN_UTF8 else name.decode("cp437")


def _read_at(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)
