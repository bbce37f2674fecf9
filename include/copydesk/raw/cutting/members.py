"""Where pieces of a file of many records may begin: members of a compressed file, and records of a plain WARC.

A member is looked for by its magic number and believed only when the members after it follow one another, each whole, over
more bytes than a compressor stores as they are: so a compressed file inside another is never taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.raw.compression.codecs import BROKEN, GZIP, ZSTD, ZSTD_FRAME, Codec
from copydesk.raw.cutting.rows import Seekable

BLOCK_BYTES = 1 << 16
PROOF_BYTES = {GZIP.name: 2 << 16, ZSTD.name: 2 << 17}  # twice the largest block that is stored as it is
MAGICS = {GZIP.name: b"\x1f\x8b\x08", ZSTD.name: ZSTD_FRAME}
WINDOW_BYTES = 16 << 20  # looked through for a member; what is larger is not cut
MAX_MEMBER_BYTES = 64 << 20
MAX_CANDIDATES = 64
HEADER_BYTES = 1 << 16
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
RECORD_OPENING, RECORD_END = b"WARC/", b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Joint:
    """What two members must show for a record to end with the one and begin with the other."""

    opening: bytes
    end: bytes


WARC = Joint(RECORD_OPENING, RECORD_END)
LINES = Joint(b"{", b"\n")


def member_starts(stream: Seekable, size: int, targets: list[int], codec: Codec, joint: Joint) -> Iterator[int]:
    """For each target the first member behind it that begins with a record; none where that is not certain."""
    last = 0
    for target in targets:
        start = _proven_start(stream, size, target, codec, joint) if target > last else None
        if start is not None:
            yield start
            last = start


def _proven_start(stream: Seekable, size: int, target: int, codec: Codec, joint: Joint) -> int | None:
    for number, candidate in enumerate(_candidates(stream, target, MAGICS[codec.name])):
        start = _second_member(stream, size, candidate, codec, joint)
        if start is not None or number == MAX_CANDIDATES:
            return start
    return None


def _candidates(stream: Seekable, position: int, magic: bytes) -> Iterator[int]:
    stop = position + WINDOW_BYTES
    while position < stop:
        stream.seek(position)
        block = stream.read(BLOCK_BYTES)
        yield from (position + found.start() for found in re.finditer(re.escape(magic), block))
        if len(block) < BLOCK_BYTES:
            return
        position += len(block) - len(magic) + 1


def _second_member(stream: Seekable, size: int, first: int, codec: Codec, joint: Joint) -> int | None:
    """Where the member behind the one at `first` begins, if they and enough that follow are what they seem."""
    position, second = first, None
    while position < size and (position == second or position - first < PROOF_BYTES[codec.name]):
        end = _end_of_member(stream, position, codec, joint)
        if end is None:
            return None
        position, second = end, second or end
    return second if second and second < size else None


def _end_of_member(stream: Seekable, start: int, codec: Codec, joint: Joint) -> int | None:
    """Where the member at `start` ends as stored; None where it is damaged, too large, or does not fit."""
    stream.seek(start)
    decoder, taken, produced = codec.start(), 0, 0
    opening = end = b""
    while not decoder.eof:
        data = stream.read(BLOCK_BYTES) if decoder.needs_input else b""
        if decoder.needs_input and not data:
            return None
        try:
            content = decoder.decompress(data, BLOCK_BYTES)
        except BROKEN:
            return None
        taken, produced = taken + len(data), produced + len(content)
        opening = (opening + content)[: len(joint.opening)]
        end = (end + content)[-len(joint.end) :]
        if produced > MAX_MEMBER_BYTES or not joint.opening.startswith(opening):
            return None
    fits = opening == joint.opening and end == joint.end
    return start + taken - len(decoder.unused_data) if fits else None


def warc_records(stream: Seekable, size: int, targets: list[int]) -> Iterator[int]:
    """For each target the first record behind it, found from record to record by their lengths, up to the first damage."""
    position, left = 0, sorted(targets, reverse=True)
    while left and (end := _end_of_record(stream, position)) is not None and end < size:
        position = end
        if position >= left[-1]:
            yield position
            while left and left[-1] <= position:
                left.pop()


def _end_of_record(stream: Seekable, start: int) -> int | None:
    stream.seek(start)
    header = stream.read(BLOCK_BYTES // 16)
    if RECORD_END not in header:
        header += stream.read(HEADER_BYTES - len(header))
    header, found, _ = header.partition(RECORD_END)
    length = CONTENT_LENGTH.search(header + b"\r\n")
    if not (found and header.startswith(RECORD_OPENING) and length):
        return None
    end = start + len(header) + len(RECORD_END) + int(length[1])
    stream.seek(end)
    follows = stream.read(len(RECORD_END) + len(RECORD_OPENING))
    return end + len(RECORD_END) if follows == RECORD_END + RECORD_OPENING else None
