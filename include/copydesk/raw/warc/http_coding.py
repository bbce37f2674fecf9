"""Bodies of HTTP as they were before they were sent. Archives often hold them decoded while their headers say otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import brotli

from copydesk.raw.compression.codecs import BROKEN, DEFLATE, GZIP, ZSTD, Decoder, start_zlib
from copydesk.raw.compression.inflating import EXPANSION_SETTING, HARMLESS_BYTES
from copydesk.raw.context import SIZE_SETTING
from copydesk.records import Reason

FIRST_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,4096})?\r\n")
CHUNK = re.compile(rb"\r?\n([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,4096})?\r?\n")
LAST_CHUNK = re.compile(rb"\r?\n0{1,8}[ \t]*(?:;[^\r\n]{0,4096})?(?:\r?\n|$)")
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")  # but compressed bytes have one in ten
PLAIN_BYTES = 512
FED_BYTES, GIVEN_BYTES = 1 << 14, 1 << 17
ERRORS = (*BROKEN, brotli.error)


class BrokenBody(ValueError):
    """A body that is cut or damaged."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class Oversized(Exception):
    """A body grows over a limit, which the message names; it was not held."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a body may be, and how many times as large as it was sent."""

    max_bytes: int
    max_expansion: int

    def check(self, size: int, sent: int) -> None:
        """Oversized where a body of `sent` bytes has grown too much."""
        if size > self.max_bytes:
            raise Oversized(f"its body grows to more than {SIZE_SETTING}={self.max_bytes} bytes")
        if size > max(HARMLESS_BYTES, sent * self.max_expansion):
            limit = f"{EXPANSION_SETTING}={self.max_expansion}"
            raise Oversized(f"its body grows more than {self.max_expansion} times; the limit is {limit}")


class _Brotli:
    unused_data = b""

    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self._is_full = False

    @property
    def eof(self) -> bool:
        return bool(self._decoder.is_finished())

    @property
    def needs_input(self) -> bool:
        return not (self._is_full or self.eof) and bool(self._decoder.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int) -> bytes:
        content = cast(bytes, self._decoder.process(data, output_buffer_limit=max_length))
        self._is_full = len(content) >= max_length  # the decoder may hold back more, and says that it takes input all the same
        return content


STARTS: dict[str, tuple[Callable[[], Decoder], ...]] = {
    "gzip": (GZIP.start,),
    "x-gzip": (GZIP.start,),
    "deflate": (start_zlib, DEFLATE.start),
    "br": (_Brotli,),
    "zstd": (ZSTD.start,),
}


def join_chunks(body: bytes) -> bytes:
    """`body` without the sizes of its chunks; as it is where it does not begin with one, having been joined before."""
    found = FIRST_CHUNK.match(body)
    if not found:
        return body
    parts, size, position = [], int(found[1], 16), found.end()
    while size:
        parts.append(body[position : position + size])
        position += size
        if position >= len(body):
            raise BrokenBody(Reason.TRUNCATED, f"the body ends inside a chunk of {size} bytes, or without a last one")
        found = CHUNK.match(body, position)
        if not found:
            if LAST_CHUNK.match(body, position):
                break
            raise _missing_chunk(body, position)
        size, position = int(found[1], 16), found.end()
    return b"".join(parts)


def _missing_chunk(body: bytes, position: int) -> BrokenBody:
    if re.fullmatch(rb"\r?\n?[0-9A-Fa-f]{0,8}\r?", body[position:]):
        return BrokenBody(Reason.TRUNCATED, "the body ends before the size of its next chunk")
    return BrokenBody(Reason.CORRUPT_RECORD, f"a chunk of the body does not end where its size says, at byte {position}")


def decode_content(body: bytes, encodings: str, bounds: Bounds) -> bytes:
    """`body` as it was before its `encodings`, last one first; what it is plainly not encoded in is passed over."""
    for name in reversed(encodings.lower().split(",")):
        starts = STARTS.get(name.strip(), ())
        body = _decode(body, name.strip(), starts, bounds) if starts and body else body
    bounds.check(len(body), len(body))
    return body


def _decode(body: bytes, name: str, starts: tuple[Callable[[], Decoder], ...], bounds: Bounds) -> bytes:
    troubles: list[BrokenBody] = []
    for start in starts:
        try:
            return _inflate(start, body, name, bounds)
        except BrokenBody as error:
            troubles.insert(0, error)
        except ERRORS as error:
            troubles.append(BrokenBody(Reason.CORRUPT_RECORD, f"the {name} body is broken: {error}"))
    if NO_TEXT.search(body, 0, PLAIN_BYTES):
        raise troubles[0]
    return body


def _inflate(start: Callable[[], Decoder], body: bytes, name: str, bounds: Bounds) -> bytes:
    """Every member of `body`; what follows them is no part of it."""
    parts, size, fed, decoder = [], 0, 0, start()
    while not decoder.eof:
        data = body[fed : fed + FED_BYTES] if decoder.needs_input else b""
        fed += len(data)
        if decoder.needs_input and not data:
            raise BrokenBody(Reason.TRUNCATED, f"the {name} body has no end")
        parts.append(decoder.decompress(data, GIVEN_BYTES))
        size += len(parts[-1])
        bounds.check(size, len(body))
        if decoder.eof and name in ("gzip", "x-gzip", "zstd"):
            fed -= len(decoder.unused_data)
            if body[fed : fed + 4].startswith(GZIP.magics if name != "zstd" else ZSTD.magics):
                decoder = start()
    return b"".join(parts)
