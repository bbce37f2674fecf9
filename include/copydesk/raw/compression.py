"""Decompression by content, forward only, in bounded memory; broken bytes end a stream and never raise."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import zstandard

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BUFFER_BYTES = 1 << 16
# A page of one repeated line may well shrink a thousandfold; only what also takes room is a bomb.
HARMLESS_BYTES = 1 << 20


class State(StrEnum):
    """How a stored file ended."""

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a stored file ended, in stored and in decompressed bytes, and what was wrong with it."""

    state: State
    stored_offset: int
    offset: int
    detail: str = ""


class Stored(Protocol):
    """Bytes as stored, from first to last; `b""` is the end."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""


class _Decoder(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Codec:
    name: str
    magics: tuple[bytes, ...]
    start: Callable[[], _Decoder]
    piece_bytes: int  # stored bytes taken at once; what they can grow to at worst is held in memory
    smallest_member: int  # fewer bytes than this cannot be a lost member


def _start_gzip() -> _Decoder:
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)


def _start_zstd() -> _Decoder:
    return zstandard.ZstdDecompressor().decompressobj()


ZSTD_FRAME = b"\x28\xb5\x2f\xfd"
ZSTD_SKIPPABLE = tuple(bytes([low]) + b"\x2a\x4d\x18" for low in range(0x50, 0x60))
# At worst deflate grows a thousandfold and zstd 32,000-fold: 8 and 16 MiB.
GZIP = _Codec("gzip", (b"\x1f\x8b",), _start_gzip, piece_bytes=8192, smallest_member=18)
ZSTD = _Codec("zstd", (ZSTD_FRAME, *ZSTD_SKIPPABLE), _start_zstd, piece_bytes=512, smallest_member=9)
CODECS = (GZIP, ZSTD)
# A file that is nothing but the beginning of a magic number was cut there: no text starts like this.
CUT_MAGICS = (b"\x1f", ZSTD_FRAME[:2], ZSTD_FRAME[:3])


class Decompressed(io.BufferedReader):
    """The decompressed bytes of a stored file."""

    def __init__(self, stored: Stored, max_expansion: int) -> None:
        self._inflater = _Inflater(stored, max_expansion)
        super().__init__(self._inflater, BUFFER_BYTES)

    @property
    def ending(self) -> Ending:
        """How the file ended, known once it was read to its end."""
        if self._inflater.ending is None:
            raise ValueError("how a file ended is known only after it was read to its end")
        return self._inflater.ending

    def skip_rest(self) -> None:
        """Read to the end and keep nothing."""
        while self.read(BUFFER_BYTES):
            pass


class _Inflater(io.RawIOBase):
    def __init__(self, stored: Stored, max_expansion: int) -> None:
        self.ending: Ending | None = None
        self._stored = stored
        self._max_expansion = max_expansion
        self._taken = 0
        self._produced = 0
        self._pieces = self._read_pieces()
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        target = memoryview(buffer)
        size = min(len(target), len(self._left))
        target[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def _read_pieces(self) -> Iterator[bytes]:
        head = self._take(len(ZSTD_FRAME))
        codec = next((codec for codec in CODECS if head.startswith(codec.magics)), None)
        if codec:
            yield from self._inflate(codec, head)
        elif head in CUT_MAGICS:
            self._end(State.TRUNCATED, f"the file ends after {len(head)} bytes, inside the magic number of a compressed file")
        else:
            yield from self._copy(head)

    def _copy(self, data: bytes) -> Iterator[bytes]:
        while data:
            self._produced += len(data)
            yield data
            data = self._take(BUFFER_BYTES)
        self._end(State.COMPLETE)

    def _inflate(self, codec: _Codec, data: bytes) -> Iterator[bytes]:
        while data:
            decoder = codec.start()
            yield from self._inflate_member(codec, decoder, data)
            if self.ending:
                return
            data = self._next_member(codec, decoder.unused_data)
        if not self.ending:
            self._end(State.COMPLETE)

    def _inflate_member(self, codec: _Codec, decoder: _Decoder, data: bytes) -> Iterator[bytes]:
        while data and not decoder.eof:
            try:
                piece = decoder.decompress(data)
            except (zlib.error, zstandard.ZstdError) as error:
                self._end(State.CORRUPT, f"the {codec.name} data are broken: {error}", unread=len(data))
                return
            self._produced += len(piece)
            if self._produced > max(HARMLESS_BYTES, self._taken * self._max_expansion):
                self._end(State.TOO_LARGE, f"the {codec.name} data grow more than {self._max_expansion} times")
                return
            yield piece
            data = b"" if decoder.eof else self._take(codec.piece_bytes)
        if not decoder.eof:
            self._end(State.TRUNCATED, f"the file ends inside a {codec.name} member")

    def _next_member(self, codec: _Codec, rest: bytes) -> bytes:
        """The first bytes of the next member, or none: zeros pad a file, a stray byte is no member, anything else is damage."""
        rest = rest.lstrip(b"\0")
        while len(rest) < codec.smallest_member and (more := self._take(codec.piece_bytes)):
            rest = (rest + more).lstrip(b"\0")
        if not rest or rest.startswith(codec.magics):
            return rest
        if any(magic.startswith(rest) for magic in codec.magics):
            self._end(State.TRUNCATED, f"the file ends inside the header of a {codec.name} member", unread=len(rest))
        elif len(rest) < codec.smallest_member:
            self._end(State.COMPLETE, f"{len(rest)} stray bytes after the last {codec.name} member", unread=len(rest))
        else:
            self._end(State.CORRUPT, f"what follows a {codec.name} member is neither another one nor padding", unread=len(rest))
        return b""

    def _take(self, size: int) -> bytes:
        data = self._stored.read(size)
        self._taken += len(data)
        return data

    def _end(self, state: State, detail: str = "", unread: int = 0) -> None:
        stored = self._taken - unread
        where = f" (at byte {stored} as stored, after {self._produced} decompressed bytes)" if detail else ""
        self.ending = Ending(state, stored, self._produced, detail + where)


def decompress(stored: Stored, max_expansion: int) -> Decompressed:
    """The bytes of a gzip, zstd or plain file; a compressed one may grow `max_expansion` times."""
    return Decompressed(stored, max_expansion)
