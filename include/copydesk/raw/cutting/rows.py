"""Where pieces of a plain file of lines may begin: lines of JSON, rows of a CSV, articles between separators."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

import numpy as np
import numpy.typing as npt

from copydesk.raw.csv.dialect import detect_codec, line_decoder, sniff_delimiter, without_declaration
from copydesk.raw.encodings.names import SAMPLE_BYTES
from copydesk.raw.encodings.transcoding import Utf8Stream
from copydesk.raw.lines import read_lines
from copydesk.raw.text import MAX_SEPARATOR_BYTES, separator_of
from copydesk.sources.record import RecordFields

BLOCK_BYTES = 1 << 20
QUOTE, NEWLINE = ord('"'), ord("\n")
EDGES = b'\r\n"'

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


def row_starts(stream: Seekable, size: int, targets: list[int], fields: RecordFields, max_bytes: int) -> tuple[int, list[int]]:
    """The bytes of the header, and for each target the first row behind it; none where quotes or letters leave it in doubt."""
    stream.seek(0)
    sample = stream.read(SAMPLE_BYTES)
    source = Utf8Stream(io.BytesIO(sample), fields.encoding)
    decode_line = line_decoder(source, fields.encoding)
    delimiter = fields.delimiter or sniff_delimiter(decode_line(source.peek(SAMPLE_BYTES)), fields.columns)
    if source.wide or not delimiter.isascii():
        return 0, []
    rows = _rows(stream, delimiter, max_bytes)
    first = next(rows)
    head = 0 if fields.columns else next((start for start in first.tolist() if without_declaration(sample[:start]).strip()), size)
    starts = list(_first_behind(chain([first], rows), [max(head + 1, target) for target in targets]))
    return head, [start for start in starts if start < size and _is_written_alike(stream, start, sample, head, fields)]


def _first_behind(rows: Iterable[Places], targets: list[int]) -> Iterator[int]:
    """For each target the first place that is not before it, each once."""
    left = sorted(targets, reverse=True)
    for places in rows:
        while left and len(places) and (found := int(np.searchsorted(places, left[-1]))) < len(places):
            yield int(places[found])
            while left and left[-1] <= places[found]:
                left.pop()
        if not left:
            return


def _rows(stream: Seekable, delimiter: str, max_bytes: int) -> Iterator[Places]:
    """Where rows begin behind the first, a block of the file at a time, as far as there is no doubt.

    A line end is outside quotes where their number before it is even. That is right as long as every quote opens or closes a
    field or is one of two that stand for one, and every row can be held by the reader: up to the first that is otherwise.
    """
    stream.seek(0)
    held = stream.read(BLOCK_BYTES)
    mark = len(BOM_UTF8) * held.startswith(BOM_UTF8)
    held, position, quotes, before, row = held[mark:], mark, 0, NEWLINE, mark
    is_edge = np.isin(np.arange(256), list(delimiter.encode() + EDGES))
    while held:
        block = stream.read(BLOCK_BYTES)
        data = np.frombuffer(held + (block[:1] or b"\n"), np.uint8)
        at = np.flatnonzero(data[:-1] == QUOTE)
        opens = (quotes + np.arange(len(at))) % 2 == 0
        is_sound = np.where(opens, is_edge[np.where(at > 0, data[at - 1], before)], is_edge[data[at + 1]])
        ends = np.flatnonzero(data[:-1] == NEWLINE)
        starts = position + 1 + ends[(quotes + np.searchsorted(at, ends)) % 2 == 0]
        certain = starts if is_sound.all() else starts[starts <= position + at[np.argmin(is_sound)]]
        too_long = np.diff(certain, prepend=row) > max_bytes
        if too_long.any():
            certain = certain[: int(np.argmax(too_long))]
        yield certain
        if len(certain) < len(starts) or not is_sound.all():
            return
        row = int(starts[-1]) if len(starts) else row
        position, quotes, before, held = position + len(held), quotes + len(at), int(data[-2]), block


def _is_written_alike(stream: Seekable, start: int, sample: bytes, head: int, fields: RecordFields) -> bool:
    """Whether a reader that knows but the header and what follows `start` takes the same encoding for the file's."""
    if fields.encoding:
        return True
    stream.seek(start)
    shown = (sample[:head] + stream.read(SAMPLE_BYTES))[:SAMPLE_BYTES]
    return detect_codec(shown.removeprefix(BOM_UTF8)) == detect_codec(sample.removeprefix(BOM_UTF8))


def article_starts(stream: Seekable, size: int, targets: list[int], fields: RecordFields) -> Iterator[int]:
    """For each target the first line behind it that separates two articles; none in an encoding that spells them otherwise."""
    is_separator = separator_of(fields)
    stream.seek(0)
    if is_separator is None or Utf8Stream(stream, fields.encoding).wide:
        return
    start = 0
    for target in targets:
        if target <= start:
            continue
        start = _next_line(stream, target, size)
        stream.seek(start)
        lines = read_lines(stream, MAX_SEPARATOR_BYTES)
        # A carriage return ends a line too, where the reader is; here it would be taken for a space.
        held = (line for line in lines if line.has_end and line.content is not None and b"\r" not in line.text)
        found = (line.offset for line in held if is_separator(line.text))
        start += next(found, size)
        if start >= size:
            return
        yield start
