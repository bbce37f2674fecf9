"""Lines of a stream, each with its place, and none held that is longer than a record may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

NEWLINE = re.compile(rb"\r?\n")
ANY_END = re.compile(rb"\r\n?|\n")  # as in text files of all systems, old ones included
BLOCK_BYTES = 1 << 18


class Readable(Protocol):
    """Bytes from first to last; `b""` is the end."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands in the file."""

    content: bytes | None  # with its end; None where it is too long to be held
    offset: int
    size: int
    has_end: bool

    @property
    def text(self) -> bytes:
        """The line without its end; nothing of one that is too long."""
        return (self.content or b"").rstrip(b"\r\n")


def read_lines(stream: Readable, max_bytes: int, ends: re.Pattern[bytes] = NEWLINE, first_byte: int = 0) -> Iterator[Line]:
    """Every line up to the end of the stream; one of more than `max_bytes` without its end is read past."""
    held, offset, dropped = b"", first_byte, 0  # bytes of the line that was begun; where it began; how many of it are gone
    searched = 0
    while block := stream.read(BLOCK_BYTES):
        held, start = held + block, 0
        for end in ends.finditer(held, searched):
            if end[0] == b"\r" and end.end() == len(held):
                break  # its other half may come with the next block
            size = dropped + end.end() - start
            is_held = dropped + end.start() - start <= max_bytes
            yield Line(held[start : end.end()] if is_held else None, offset, size, True)
            offset, start, dropped = offset + size, end.end(), 0
        held = held[start:]
        if len(held) > max_bytes + 1:
            dropped, held = dropped + len(held) - 1, held[-1:]
        searched = max(0, len(held) - 1)
    if held or dropped:
        size = dropped + len(held)
        yield Line(held if size - held.endswith(b"\r") <= max_bytes else None, offset, size, held.endswith(b"\r"))
