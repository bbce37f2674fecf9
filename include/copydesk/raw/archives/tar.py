"""Members of a tar archive, streamed forward only.

Python's own `tarfile` keeps every member it has met, reads headers of any size into memory, and gives up at the first damage.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.raw.archives.members import Kind, Member, Slice, broken
from copydesk.raw.compression.stream import BUFFER_BYTES, Decompressed, Ending, State

BLOCK = tarfile.BLOCKSIZE
END = bytes(BLOCK)
MAGIC, MAGIC_AT = b"ustar", 257
CHECKSUM = slice(148, 156)
MAX_HEADER_BYTES = 1 << 20  # of the long names and extended headers of one member
LARGEST_EMPTY = tarfile.RECORDSIZE  # an archive without members is no larger
KINDS = {
    **dict.fromkeys((tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE, tarfile.GNUTYPE_SPARSE), Kind.FILE),
    **dict.fromkeys((tarfile.LNKTYPE, tarfile.SYMTYPE), Kind.LINK),
    tarfile.DIRTYPE: Kind.FOLDER,
}
WITHOUT_CONTENT = {tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE}
ABOUT_THE_NEXT = {tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE}
ABOUT_OTHERS = {tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK}  # the archive as a whole, the target of a link
PAX_LINE = re.compile(rb"(\d{1,9}) ")
SPARSE_MORE_AT, SPARSE_MORE_AT_NEXT = 482, 504  # the byte that says whether another block of the map follows
SPARSE = "a sparse file, which is not read; pack it again without --sparse"


@dataclass(slots=True)
class _Extras:
    """What headers before a member's own say of it."""

    name: str | None = None
    size: int | None = None
    trouble: str = ""


def is_tar(head: bytes) -> bool:
    """Whether a file that begins with `head` is a tar archive with members."""
    if len(head) < BLOCK:
        return head.startswith(MAGIC, MAGIC_AT)
    return head[CHECKSUM].strip(b" \0").isdigit() and _parse(head[:BLOCK]) is not None  # of a page the first says it at once


def tar_members(stream: Decompressed, is_piece: bool) -> Iterator[Member | Ending]:
    """Every member, and an Ending for each damage that no member's own content shows; a piece has no end mark."""
    return _Tar(stream, is_piece).members()


class _Tar:
    def __init__(self, stream: Decompressed, is_piece: bool) -> None:
        self._stream = stream
        self._offset = 0
        self._block = b""
        self._is_piece = self._may_end = self._has_members = is_piece
        self._end_is_told = False

    def members(self) -> Iterator[Member | Ending]:
        extras = _Extras()
        for header in self._headers():
            if isinstance(header, Ending):
                extras = _Extras()
                yield header
            elif header.type in ABOUT_THE_NEXT or header.type in ABOUT_OTHERS:
                self._learn(header, extras)
            else:
                yield from self._open(header, extras)
                extras = _Extras()

    def _headers(self) -> Iterator[tarfile.TarInfo | Ending]:
        """Each header, the stream being behind it; what is no header is passed over until the next one, as one damage."""
        lost_at = None
        while self._read_block():
            if lost_at is None and self._block == END:
                self._may_end = True
            elif header := self._parse_block(is_lost=lost_at is not None):
                if lost_at is not None:
                    yield self._lost(lost_at, self._offset - BLOCK)
                lost_at = None
                yield header
            elif lost_at is None:
                lost_at = self._offset - len(self._block)
        yield from self._tell_end(lost_at)

    def _tell_end(self, lost_at: int | None) -> Iterator[Ending]:
        is_cut = lost_at is not None and self._offset - lost_at < BLOCK
        if self._end_is_told:
            return
        if is_cut or self._stream.ending.state is not State.COMPLETE:
            yield self._cut("inside a header" if is_cut else "early")
        elif lost_at is not None:
            yield self._lost(lost_at, self._offset)
        elif not self._may_end:
            yield self._cut("without its end mark")
        elif not self._has_members and self._offset > LARGEST_EMPTY:
            yield broken(f"nothing but {self._offset} zeros: what was there is lost", self._offset)

    def _open(self, header: tarfile.TarInfo, extras: _Extras) -> Iterator[Member | Ending]:
        kind = KINDS.get(header.type, Kind.SPECIAL)
        if header.type == tarfile.GNUTYPE_SPARSE:
            self._skip_sparse_map()
            extras.trouble = extras.trouble or SPARSE
        name = header.name if extras.name is None else extras.name
        size = 0 if header.type in WITHOUT_CONTENT else header.size if extras.size is None else extras.size
        content = Slice(self._stream, size, lambda: self._cut(f"inside its member {name!r}"))
        yield Member(name, kind, content, extras.trouble)
        is_told = content.is_short
        if not content.skip():
            self._end_is_told = True
            if not is_told:
                yield self._cut(f"inside its member {name!r}")
        self._offset += size - content.left
        self._skip(-size % BLOCK)

    def _learn(self, header: tarfile.TarInfo, extras: _Extras) -> None:
        """Take in what a header says of the member that follows."""
        wanted = header.type in ABOUT_THE_NEXT
        if wanted and header.size > MAX_HEADER_BYTES:
            extras.trouble = f"its headers take {header.size} bytes, more than the {MAX_HEADER_BYTES} that are ever read of them"
        if not wanted or extras.trouble:
            self._skip(header.size + -header.size % BLOCK)
            return
        data = self._read(header.size)
        self._skip(-header.size % BLOCK)
        if header.type == tarfile.GNUTYPE_LONGNAME:
            extras.name = _decoded(data.partition(b"\0")[0])
        else:
            _learn_pax(data, extras)

    def _skip_sparse_map(self) -> None:
        has_more = self._block[SPARSE_MORE_AT]
        while has_more and len(self._read_block()) == BLOCK:
            has_more = self._block[SPARSE_MORE_AT_NEXT]

    def _parse_block(self, is_lost: bool) -> tarfile.TarInfo | None:
        if is_lost and not self._block.startswith(MAGIC, MAGIC_AT):  # a check that costs little where much is passed over
            return None
        header = _parse(self._block)
        if header:
            self._may_end, self._has_members = self._is_piece, True
        return header

    def _read_block(self) -> bytes:
        self._block = self._read(BLOCK)
        return self._block

    def _read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._offset += len(data)
        return data

    def _skip(self, size: int) -> None:
        while size and (data := self._read(min(size, BUFFER_BYTES))):
            size -= len(data)

    def _cut(self, where: str) -> Ending:
        """The end of the stream, or of an archive that is whole as a stream and yet too short."""
        if self._stream.ending.state is not State.COMPLETE:
            return self._stream.ending
        end = self._stream.ending.offset
        return Ending(State.TRUNCATED, end, end, f"the tar archive ends {where} (at byte {end})")

    def _lost(self, start: int, stop: int) -> Ending:
        return broken(f"no header of a tar archive where one should be, at byte {start}: {stop - start} bytes passed over", start)


def _parse(block: bytes) -> tarfile.TarInfo | None:
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "backslashreplace")
    except tarfile.HeaderError:
        return None
    return header if header.size >= 0 else None


def _learn_pax(data: bytes, extras: _Extras) -> None:
    """Take in an extended header: lines of length, key and value."""
    start = 0
    while match := PAX_LINE.match(data, start):
        start += max(int(match[1]), 1)
        key, _, value = data[match.end() : start - 1].partition(b"=")
        if key in (b"path", b"GNU.sparse.name"):
            extras.name = _decoded(value)
        elif key == b"size" and value.isdigit():
            extras.size = int(value)
        if key.startswith(b"GNU.sparse."):
            extras.trouble = extras.trouble or SPARSE


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "backslashreplace")
