"""A stream looked through from mark to mark, of which no more is held than one record may be long."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.raw.lines import Readable

BLOCK_BYTES = 1 << 16
HEAD_BYTES = 1 << 18  # of what stands before the first item
TAIL_BYTES = 1 << 12  # of what stands behind the last
LONGEST_TOKEN = 128  # bytes; what the end of a block may cut in two


@dataclass(frozen=True, slots=True)
class Span:
    """One item as it stands in the file, from its first byte to its last."""

    content: bytes | None  # None where it is too long to be held
    offset: int
    size: int
    is_cut: bool = False  # the file ends in it


class Window:
    """What was read of a stream and is still looked at, or is of the open item."""

    def __init__(self, stream: Readable, max_bytes: int) -> None:
        self.head = bytearray()
        self.held = bytearray()
        self.start = self.at = 0  # offsets of the first byte held, and of the first that was not looked through
        self.mark: int | None = None  # where the open item begins
        self._stream = stream
        self._max_bytes = max_bytes
        self._is_opened = False

    @property
    def end(self) -> int:
        """The offset behind what was read."""
        return self.start + len(self.held)

    def find(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """The next match behind what was looked through, which then goes up to its end."""
        while not (found := pattern.search(self.held, self.at - self.start)):
            if not self._grow():
                self.at = self.end
                return None
        self.at = self.start + found.end()
        return found

    @property
    def tail(self) -> bytes:
        """The end of what was read."""
        return bytes(self.held[-TAIL_BYTES:])

    def open(self, at: int) -> None:
        """An item begins."""
        if not self._is_opened:
            del self.head[at:]
        self._is_opened, self.mark = True, at

    def cut(self, stop: int, is_cut: bool = False) -> Span:
        """The open item, which ends before `stop`."""
        begin = self.mark or 0
        self.mark = None
        is_held = begin >= self.start and stop - begin <= self._max_bytes
        content = bytes(self.held[begin - self.start : stop - self.start]) if is_held else None
        return Span(content, begin, stop - begin, is_cut)

    def _grow(self) -> bool:
        """Take in a block, and let go of what no longer matters."""
        self.at = max(self.at, self.end - LONGEST_TOKEN)
        is_open = self.mark is not None and self.end - self.mark <= self._max_bytes
        keep = self.mark if is_open and self.mark is not None else min(self.at, max(self.start, self.end - TAIL_BYTES))
        if keep > self.start:
            del self.held[: keep - self.start]
            self.start = keep
        block = self._stream.read(BLOCK_BYTES)
        self.held += block
        if not self._is_opened and len(self.head) < HEAD_BYTES:
            self.head += block
        return bool(block)
