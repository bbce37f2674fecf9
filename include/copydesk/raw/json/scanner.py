"""JSON found by its brackets and quotes alone, forward only: where each value begins and ends, and none held that is too long.

It goes into what it meets, member by member, which `spans` cannot: that cuts whole objects apart, and loses fewer where some are broken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.raw.lines import BLOCK_BYTES, Readable

SPACE = re.compile(rb"[ \t\r\n]*+")
PLAIN = re.compile(rb'[^"\[\]{}]*+')  # between brackets, what neither opens nor closes anything
STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)  # the inside of a string, or of the part of it that was read
SCALAR = re.compile(rb'[^\s,:"\[\]{}]*+')
OPENING = b"[{"


@dataclass(frozen=True, slots=True)
class Value:
    """One JSON value as it stands in the stream."""

    content: bytes | None  # None where it is too long to be held
    offset: int
    size: int
    is_whole: bool  # whether the stream did not end inside it


class Scanner:
    """The values of a stream, one after the other."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._block = b""
        self._at = 0
        self._before = 0  # bytes of the stream in front of the block

    @property
    def offset(self) -> int:
        """Where in the stream the next byte stands."""
        return self._before + self._at

    def peek(self) -> bytes:
        """The next byte that is no white space; `b""` at the end of the stream."""
        while True:
            self._at = _end(SPACE, self._block, self._at)
            if self._at < len(self._block) or not self._next_block():
                return self._block[self._at : self._at + 1]

    def skip(self) -> None:
        """Pass over one byte that was peeked at."""
        self._at += 1

    def unread(self, content: bytes) -> None:
        """Give back what was just read."""
        self._before = self.offset - len(content)
        self._block, self._at = content + self._block[self._at :], 0

    def read_value(self, max_bytes: int) -> Value:
        """The value that begins at the byte peeked at, to its end."""
        return self._read(_Collected(max_bytes, self.offset))

    def read_start(self, max_bytes: int) -> Value:
        """The same, but no further than a little over `max_bytes`: all that was read of it is held."""
        return self._read(_Collected(max_bytes, self.offset, stops=True))

    def _read(self, collected: _Collected) -> Value:
        first = self._block[self._at : self._at + 1]
        if first == b'"':
            is_whole = self._read_string(collected)
        elif first in (b"[", b"{"):
            is_whole = self._read_nested(collected)
        else:
            is_whole = self._read_scalar(collected)
        return collected.value(is_whole)

    def skip_nested(self) -> bool:
        """Pass over the rest of an array or object whose first bracket was passed; whether it ended."""
        return self._read_nested(_Collected(0, self.offset), depth=1)

    def _read_nested(self, collected: _Collected, depth: int = 0) -> bool:
        while True:
            self._advance(collected, _end(PLAIN, self._block, self._at))
            byte = self._block[self._at : self._at + 1]
            if collected.is_over:
                return False
            if byte == b'"':
                if not self._read_string(collected):
                    return False
            elif byte:
                self._advance(collected, self._at + 1)
                depth += 1 if byte in OPENING else -1
                if not depth:
                    return True
            elif not self._next_block():
                return False

    def _read_string(self, collected: _Collected) -> bool:
        self._advance(collected, self._at + 1)
        while True:
            self._advance(collected, _end(STRING, self._block, self._at))
            byte = self._block[self._at : self._at + 1]
            if byte == b'"':
                self._advance(collected, self._at + 1)
                return True
            if collected.is_over or not self._next_block():
                return False

    def _read_scalar(self, collected: _Collected) -> bool:
        self._advance(collected, max(self._at + 1, _end(SCALAR, self._block, self._at)))
        while self._at == len(self._block):
            if not self._next_block():
                return False
            self._advance(collected, _end(SCALAR, self._block, self._at))
        return True

    def _advance(self, collected: _Collected, end: int) -> None:
        collected.add(self._block, self._at, end)
        self._at = end

    def _next_block(self) -> bool:
        """Read on, once a block is used up but for a backslash whose letter is yet to come."""
        more = self._stream.read(BLOCK_BYTES)
        self._before += self._at
        self._block, self._at = self._block[self._at :] + more, 0
        return bool(more)


class _Collected:
    """The bytes of a value, as long as they are not too many."""

    def __init__(self, max_bytes: int, offset: int, stops: bool = False) -> None:
        self._max_bytes = max_bytes
        self._offset = offset
        self._stops = stops
        self._size = 0
        self._held = bytearray()  # a list of the parts between brackets took a hundred times the record's size

    @property
    def is_over(self) -> bool:
        """Whether reading is to stop, rather than to go on and hold nothing."""
        return self._stops and self._size > self._max_bytes

    def add(self, block: bytes, start: int, end: int) -> None:
        self._size += end - start
        if self._stops or self._size <= self._max_bytes:
            self._held += block[start:end]
        else:
            self._held.clear()

    def value(self, is_whole: bool) -> Value:
        is_held = self._stops or self._size <= self._max_bytes
        return Value(bytes(self._held) if is_held else None, self._offset, self._size, is_whole)


def _end(pattern: re.Pattern[bytes], block: bytes, at: int) -> int:
    match = pattern.match(block, at)
    return match.end() if match else at
