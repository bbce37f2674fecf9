"""Where the records of a web archive begin and end: what a Content-Length says is held against what follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from copydesk.raw.compression.inflating import State
from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import DAMAGE
from copydesk.raw.warc.window import Window
from copydesk.records import Reason

VERSION = re.compile(rb"WARC/\d{1,3}\.\d{1,3}[ \t]*\r?\n")
NEXT_RECORD = re.compile(rb"(?<=[\n\0])WARC/\d{1,3}\.\d{1,3}[ \t]*\r?\n(?=[A-Za-z])")
BLANK_LINE = re.compile(rb"\n\r?\n")
LINE_ENDS = b"\r\n"
BETWEEN = b"\r\n\r\n"  # records
OPENING = b"WARC/"
LONGEST_LENGTH = 20
HELD_BYTES = 1 << 16  # of a record over the limit: enough to tell what it is
HEAD_BYTES, MAX_HEAD_BYTES = 1 << 11, 1 << 16
FOLLOWING_BYTES = 80
ABSURD_BYTES = 1 << 40  # no record is so long: such a length is not skipped, or nothing would be left of the file
RESUMABLE = (State.CORRUPT, State.TOO_LARGE, State.TRUNCATED)  # a broken member may have swallowed the next ones up to the end


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a record cannot be trusted."""

    reason: Reason
    detail: str
    is_end: bool = False  # of the file, or of what can be read before damage


@dataclass(frozen=True, slots=True)
class Frame:
    """One record as it lies in the archive; `block` is only its beginning where `size` is over the limit."""

    stored_offset: int
    fields: dict[str, str] = field(default_factory=dict)  # names in lower case
    block: bytes = b""
    size: int = 0
    fault: Fault | None = None


def is_record_start(prefix: bytes) -> bool:
    """Whether decompressed bytes begin a record: with the line that names the version of the format."""
    return VERSION.match(prefix) is not None


def parse_fields(head: bytes) -> dict[str, str]:
    """Named fields by their names in lower case, the first of each; lines that hold no field are passed over, folded ones joined."""
    fields: dict[str, str] = {}
    name = ""
    for line in head.decode("utf-8", "replace").split("\n"):
        if line[:1] in (" ", "\t"):
            if name in fields:
                fields[name] = f"{fields[name]} {line.strip()}"
            continue
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if colon and name:
            fields.setdefault(name, value.strip())
    return fields


class Frames:
    """The records of an archive in order, those that are broken with their fault."""

    def __init__(self, stream: Decompressed, max_bytes: int) -> None:
        self._stream = stream
        self._window = Window(stream)
        self._max_bytes = max_bytes
        self._searched = 0  # up to here records were looked for in what a wrong length claimed: once only, or lies take for ever

    def __iter__(self) -> Iterator[Frame]:
        """To the end; behind damage it goes on with the next compressed member that begins a record."""
        while True:
            is_told = False
            self._window.skip_any(LINE_ENDS)
            while self._window.peek(1):
                frame = self._read_frame()
                is_told = frame.fault is not None and frame.fault.is_end
                yield frame
                self._window.skip_any(LINE_ENDS)
            ending = self._stream.ending
            if ending.state is State.COMPLETE:
                return
            if not is_told:
                yield Frame(self._damaged_at(), fault=Fault(DAMAGE[ending.state], ending.detail, is_end=True))
            if ending.state not in RESUMABLE or not self._stream.resume(is_record_start):
                return

    def _read_frame(self) -> Frame:
        stored = self._stream.stored_offset(self._window.offset)
        head = self._peek_head()
        if not is_record_start(head):
            return self._pass_over(stored, head, "no WARC record begins")
        blank, inner = BLANK_LINE.search(head), NEXT_RECORD.search(head)
        if blank is None or (inner and inner.start() < blank.start()):
            return self._pass_over(stored, head, "the header has no end")
        self._window.take(blank.end())
        fields = parse_fields(head[: blank.start()])
        length = fields.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > LONGEST_LENGTH or int(length) > ABSURD_BYTES:
            return self._pass_over(stored, b"", f"Content-Length is {length[:40]!r}", fields)
        return self._read_block(stored, fields, int(length))

    def _peek_head(self) -> bytes:
        size = HEAD_BYTES
        while not BLANK_LINE.search(head := self._window.peek(size)) and len(head) == size and size < MAX_HEAD_BYTES:
            size *= 2
            if not is_record_start(head) or NEXT_RECORD.search(head):
                break
        return head

    def _read_block(self, stored: int, fields: dict[str, str], size: int) -> Frame:
        is_held = size <= self._max_bytes
        block, taken = self._window.take_block(size, size if is_held else HELD_BYTES, is_record_start)
        following = self._window.peek(FOLLOWING_BYTES)
        if taken < size and following:
            fault = Fault(Reason.CORRUPT_RECORD, f"Content-Length is {size}, and after {taken} bytes the next record begins")
            return Frame(stored, fields, b"", size, fault)
        if taken < size and not (is_held and self._window.offset > self._searched and NEXT_RECORD.search(block)):
            return Frame(stored, fields, b"", size, self._end(f"the file ends after {taken} of the {size} bytes of a record"))
        if taken == size and self._is_end_of_record(following):
            return Frame(stored, fields, block, size, self._end("") if self._is_suspect(following) else None)
        return self._search_block(stored, fields, block if is_held else b"", size)

    def _search_block(self, stored: int, fields: dict[str, str], block: bytes, size: int) -> Frame:
        """The frame of a record whose length cannot be right; the next one may begin in what it claimed."""
        if self._window.offset > self._searched:
            self._searched = self._window.offset
            self._window.give_back(block)
        return self._pass_over(stored, b"", f"Content-Length is {size}, and no record ends there", fields)

    def _is_end_of_record(self, following: bytes) -> bool:
        rest = following.lstrip(LINE_ENDS)
        if not rest or following.startswith(BETWEEN) or is_record_start(rest):
            return True
        offset = self._window.offset
        return bool(self._stream.member_starts(offset - 1, offset + len(following) - len(rest) + 1))

    def _damaged_at(self) -> int:
        """Where the member begins as stored of which nothing could be read, or where the file ends in a header or a checksum."""
        end = self._window.offset
        has_begun = self._stream.member_starts(end - 1, end + 1)
        return self._stream.stored_offset(end) if has_begun else self._stream.ending.stored_offset

    def _is_suspect(self, following: bytes) -> bool:
        """Whether the compressed member that a record ends in is found broken right behind it, as by a checksum."""
        if len(following) == FOLLOWING_BYTES or self._stream.ending.state is not State.CORRUPT:
            return False
        end = self._window.offset
        return not self._stream.member_starts(end - 1, end + FOLLOWING_BYTES)

    def _pass_over(self, stored: int, head: bytes, trouble: str, fields: dict[str, str] | None = None) -> Frame:
        is_cut = head.startswith(OPENING) or OPENING.startswith(head)
        self._window.take(min(1, len(head)))
        passed = self._window.find_start(NEXT_RECORD, is_record_start) + min(1, len(head))
        if not self._window.peek(1) and (self._stream.ending.state is not State.COMPLETE or (head and is_cut)):
            return Frame(stored, fields or {}, fault=self._end(f"the file ends inside the header of a record: {trouble}"))
        detail = f"{trouble}; {passed} bytes were passed over"
        return Frame(stored, fields or {}, fault=Fault(Reason.CORRUPT_RECORD, detail))

    def _end(self, found: str) -> Fault:
        """The fault of a record that the end of the stream took something from."""
        ending = self._stream.ending
        if ending.state is State.COMPLETE:
            return Fault(Reason.TRUNCATED, found, is_end=True)
        return Fault(DAMAGE[ending.state], "; ".join(filter(None, (found, ending.detail))), is_end=True)
