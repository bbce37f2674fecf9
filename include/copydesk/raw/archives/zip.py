"""Members of a zip archive, by its directory or, where that is lost, by what stands before each member."""

from __future__ import annotations

import io
import os
import stat
import zlib
from collections.abc import Generator, Iterator
from typing import BinaryIO

from copydesk.raw.archives.members import Kind, Member, Slice, broken
from copydesk.raw.archives.zip_directory import (
    DIRECTORY_END,
    ENCRYPTED,
    LOCAL,
    LOCAL_HEADER,
    Directory,
    Entry,
    Window,
    find_directory,
    list_entries,
    scan_entries,
)
from copydesk.raw.compression.codecs import BZIP2, DEFLATE, XZ, ZSTD
from copydesk.raw.compression.inflating import Damaged, Inflater, Stored
from copydesk.raw.compression.stream import Decompressed, Ending, State

STORED = 0
CODECS = {8: DEFLATE, 12: BZIP2, 93: ZSTD, 95: XZ}
METHODS = {6: "implode", 9: "deflate64", 14: "lzma", 98: "PPMd", 99: "AES"}
READ_AHEAD_BYTES = 1 << 20  # on object storage every read is a request
HEADER_BYTES = 1 << 10  # what a member's own header takes at most, as a rule
ADVICE = "unpack the archive and store what is in it"

Piece = tuple[int, int | None]


def is_zip(head: bytes) -> bool:
    """Whether a file that begins with `head` is a zip archive."""
    return head.startswith((LOCAL, DIRECTORY_END))


def zip_members(stream: Decompressed, max_expansion: int, piece: Piece | None = None) -> Iterator[Member | Ending]:
    """Every member, or those of a piece by their numbers, and an Ending for each damage that no member's own content shows."""
    with stream.seekable_file() as file:
        size = file.seek(0, os.SEEK_END)
        directory = find_directory(file)
        if directory:
            yield from _listed(file, directory, max_expansion, piece or (0, None))
        is_told = False if directory else (yield from _scanned(file, size, max_expansion))
        if stream.ending.state is not State.COMPLETE and not is_told:
            yield stream.ending
        elif not directory and not is_told:
            lost = "the zip archive has lost its directory, as one that is cut off: members were read up to the first that has no size"
            yield Ending(State.TRUNCATED, size, size, lost)


def _listed(file: BinaryIO, directory: Directory, max_expansion: int, piece: Piece) -> Iterator[Member | Ending]:
    left = directory.offset  # the members lie before it, each in bytes of its own
    for number, entry in enumerate(list_entries(file, directory)):
        if isinstance(entry, Ending):
            yield entry
            return
        left -= LOCAL_HEADER.size + entry.stored_size
        if left < 0:
            yield broken(f"its members up to {entry.name!r} take more bytes than it has: they overlap, as in a bomb")
            return
        if number >= piece[0] and (piece[1] is None or number < piece[1]):
            yield _member(entry, _Packed(file, directory.offset, entry, max_expansion))


def _scanned(file: BinaryIO, stop: int, max_expansion: int) -> Generator[Member, None, bool]:
    """The members that can be told apart; whether the content of the last one showed that the file is cut."""
    is_told = False
    for entry in scan_entries(file):
        packed = _Packed(file, stop, entry, max_expansion)
        yield _member(entry, packed)
        is_told = packed.is_short
    return is_told


def _member(entry: Entry, packed: _Packed) -> Member:
    trouble = ""
    if entry.flags & ENCRYPTED:
        trouble = f"it is encrypted; {ADVICE}"
    elif entry.method != STORED and entry.method not in CODECS:
        name = METHODS.get(entry.method, "unknown")
        trouble = f"it is compressed by method {entry.method} ({name}), which is not read; {ADVICE}"
    return Member(entry.name, _kind(entry), packed, trouble)


def _kind(entry: Entry) -> Kind:
    if entry.name.endswith("/"):
        return Kind.FOLDER
    if stat.S_ISLNK(entry.mode):
        return Kind.LINK
    return Kind.SPECIAL if stat.S_IFMT(entry.mode) not in (0, stat.S_IFREG) else Kind.FILE


class _Packed:
    """The unpacked bytes of a member, looked for when they are first asked for; Damaged where they are not those that were packed."""

    def __init__(self, file: BinaryIO, stop: int, entry: Entry, max_expansion: int) -> None:
        self._file, self._stop = file, stop
        self._entry = entry
        self._max_expansion = max_expansion
        self._content: Stored | None = None
        self._size = self._crc = 0
        self.is_short = False

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""
        self._content = self._content or self._open()
        data = self._content.read(size)
        self._size += len(data)
        self._crc = zlib.crc32(data, self._crc)
        if not data and size:
            self._check(self._content)
        return data

    def _open(self) -> Stored:
        entry = self._entry
        ahead = min(READ_AHEAD_BYTES, HEADER_BYTES + entry.stored_size)
        window = io.BufferedReader(Window(self._file, entry.header_offset, self._stop), ahead)
        header = window.read(LOCAL_HEADER.size)
        if len(header) < LOCAL_HEADER.size or not header.startswith(LOCAL):
            where = f"byte {entry.header_offset}, where the directory has it"
            raise Damaged(broken(f"no member {entry.name!r} at {where}", entry.header_offset))
        window.read(sum(LOCAL_HEADER.unpack(header)[-2:]))  # name and extra field once more
        packed = Slice(window, entry.stored_size, self._describe_short)
        if entry.method == STORED:
            return packed
        return Decompressed(Inflater(packed, self._max_expansion, CODECS[entry.method]))

    def _describe_short(self) -> Ending:
        self.is_short = True
        detail = f"the file ends inside member {self._entry.name!r} of the zip archive (at byte {self._stop})"
        return Ending(State.TRUNCATED, self._stop, 0, detail)

    def _check(self, content: Stored) -> None:
        if isinstance(content, Decompressed) and content.ending.state is not State.COMPLETE:
            raise Damaged(content.ending)
        if (self._size, self._crc) != (self._entry.size, self._entry.crc):
            packed = f"{self._entry.size} bytes with checksum {self._entry.crc:08x} were packed"
            detail = f"member {self._entry.name!r} is broken: {packed}, {self._size} with {self._crc:08x} came out"
            raise Damaged(Ending(State.CORRUPT, self._entry.header_offset, self._size, detail))
