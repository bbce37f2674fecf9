"""Where pieces of a plain file of lines may begin: lines of JSON, rows of a CSV, articles between separators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

from copydesk.raw.transcoding import Utf8Stream

BLOCK_BYTES = 1 << 20
QUOTE, NEWLINE = ord('"'), ord("\n")
EDGES = b'\r\n"'

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]


class Seekable(Protocol):
    """A file as stored, to be read at any place."""

    def read(self, size: int = ..., /) -> bytes:
        """At most `size` bytes."""

    def seek(self, position: int, whence: int = ..., /) -> int:
        """Go to a byte."""


def line_starts(stream: Seekable, size: int, targets: list[int]) -> Iterator[int]:
    """For each target the first line that begins there or behind it; none in an encoding that spells line ends otherwise."""
    stream.seek(0)
    if Utf8Stream(stream).wide:
        return
    start = 0
    for target in targets:
        if target > start:
            start = _next_line(stream, target, size)
            if start < size:
                yield start


def _next_line(stream: Seekable, position: int, size: int) -> int:
    position -= 1
    stream.seek(position)
    while block := stream.read(BLOCK_BYTES):
        if (found := block.find(b"\n")) >= 0:
            return position + found + 1
        position += len(block)
    return size
