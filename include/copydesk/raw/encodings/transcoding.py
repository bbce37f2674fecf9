"""Streams in encodings that do not spell ASCII with its own bytes, read as UTF-8."""

from __future__ import annotations

import codecs
from collections import deque
from dataclasses import dataclass

from copydesk.raw.encodings.names import python_codec
from copydesk.raw.lines import Readable

MARKS = (
    (codecs.BOM_UTF8, None),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = ("utf-16-le", "utf-16-be", "iso2022_jp")
ZEROS: dict[tuple[bool, ...], str] = {(False, True, False, True): "utf-16-le", (True, False, True, False): "utf-16-be"}
BLOCK_BYTES = 1 << 16
MAX_BLOCKS = (
    1024  # remembered to tell places; of a line longer than all of them, which no reader holds, only about where it began
)


@dataclass(frozen=True, slots=True)
class _Block:
    offset: int  # in what is read
    place: int  # in the stream
    utf8: bytes


class Utf8Stream:
    """A stream with its byte order mark taken off, as it is or, where its encoding spells ASCII otherwise, as UTF-8."""

    def __init__(self, stream: Readable, declared: str | None = None) -> None:
        """`declared` is the Web's name of an encoding; what is written in UTF-16 shows it, declared or not."""
        self._stream = stream
        self._head = stream.read(4)
        mark, encoding = next(((mark, name) for mark, name in MARKS if self._head.startswith(mark)), (b"", None))
        self._mark_bytes = len(mark)
        self._head = self._head[len(mark) :] or stream.read(4)
        named = python_codec(declared) if declared else None
        self.wide = encoding or _encoding_by_zeros(self._head) or (named if named in WIDE else None)
        self._decoder = codecs.getincrementaldecoder(self.wide or "utf-8")("replace")
        self._blocks: deque[_Block] = deque([_Block(0, self._mark_bytes, b"")], MAX_BLOCKS)
        self._fed = self._mark_bytes
        self._left = b""

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end of the stream, which the next `read` gives again."""
        while len(self._left) < size and (more := self._next(BLOCK_BYTES)):
            self._left += more
        return self._left[:size]

    def read(self, size: int, /) -> bytes:
        """Some bytes, `size` at most."""
        content = self._left or self._next(size)
        self._left = content[size:]
        return content[:size]

    def place(self, offset: int) -> int:
        """Where in the stream the byte `offset` of what was read stands; ask in order."""
        if not self.wide:
            return self._mark_bytes + offset
        while len(self._blocks) > 1 and self._blocks[1].offset <= offset:
            self._blocks.popleft()
        block = self._blocks[0]
        before = block.utf8[: max(0, offset - block.offset)].decode("utf-8", "replace")
        return block.place + len(before.encode(self.wide, "replace"))

    def _next(self, size: int) -> bytes:
        if not self.wide:
            head, self._head = self._head, b""
            return head or self._stream.read(size)
        return self._next_decoded()

    def _next_decoded(self) -> bytes:
        utf8, is_last = b"", False
        while not utf8 and not is_last:
            content, self._head = self._head or self._stream.read(BLOCK_BYTES), b""
            is_last = not content
            last, undecoded = self._blocks[-1], self._decoder.getstate()[0]
            utf8 = self._decoder.decode(content, is_last).encode("utf-8", "replace")
            self._blocks.append(_Block(last.offset + len(last.utf8), self._fed - len(undecoded), utf8))
            self._fed += len(content)
        return utf8


def _encoding_by_zeros(head: bytes) -> str | None:
    """UTF-16 without a mark, of a text that begins with two characters of ASCII."""
    return ZEROS.get(tuple(byte == 0 for byte in head))
