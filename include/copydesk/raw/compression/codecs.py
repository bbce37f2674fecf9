"""Codecs, known by their magic numbers: each gives at most so many bytes a call, whatever it is fed."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

import zstandard
from isal import isal_zlib

# What the strongest usual settings need (xz -9: 65 MiB, zstd --ultra -22: 128 MiB); a stream may ask for gigabytes.
MAX_WINDOW_BYTES = 128 << 20
DEFLATE_ERROR = cast("type[Exception]", isal_zlib.error)  # its stubs take the class for an instance
BROKEN = (DEFLATE_ERROR, zstandard.ZstdError, lzma.LZMAError, OSError, ValueError)  # bz2 calls broken data an OSError
TOO_WIDE = ("Memory usage limit", "requires too much memory")
ZSTD_STEP_BYTES = 512  # zstd grows 32,000-fold at worst and cannot be stopped in the middle of a call: 16 MiB
ZSTD_FRAME = b"\x28\xb5\x2f\xfd"
ZSTD_SKIPPABLE = tuple(bytes([low]) + b"\x2a\x4d\x18" for low in range(0x50, 0x60))


class Decoder(Protocol):
    """One member of a compressed file; bz2 and lzma have just these methods."""

    @property
    def eof(self) -> bool:
        """Whether the member is complete."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes of what it was fed."""

    @property
    def unused_data(self) -> bytes:
        """What it was fed from behind the member."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """The next bytes, not many more than `max_length`."""


@dataclass(frozen=True, slots=True)
class Codec:
    """A way of compressing, and how its members are told and opened."""

    name: str
    magics: tuple[bytes, ...]
    start: Callable[[], Decoder]
    smallest_member: int  # fewer bytes than this cannot be a lost member
    # A member may break in a later read. What was fed before is then decoded again, but only by a decoder that gives every byte
    # it can: one that gives whole blocks would give more or less of a damaged member, depending on where the file ends.
    told_again_bytes: int = 0


class _Deflated:
    def __init__(self, wbits: int) -> None:
        self._decoder = isal_zlib.decompressobj(wbits)
        self._is_full = False

    @property
    def eof(self) -> bool:
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        return not (self._is_full or self._decoder.unconsumed_tail or self.eof)

    @property
    def unused_data(self) -> bytes:
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        content = self._decoder.decompress(self._decoder.unconsumed_tail + data, max_length)
        self._is_full = len(content) == max_length  # the decoder may hold back a few bytes of what it has read
        return content


class Zstd:
    """A frame of zstd; `decompressor` is one that knows the dictionary, where there is one."""

    def __init__(self, decompressor: zstandard.ZstdDecompressor | None = None) -> None:
        self._decoder = (decompressor or zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)).decompressobj()
        self._left = memoryview(b"")

    @property
    def eof(self) -> bool:
        """Whether the frame is complete."""
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes of what it was fed."""
        return not (self._left or self.eof)

    @property
    def unused_data(self) -> bytes:
        """What it was fed from behind the frame."""
        return self._decoder.unused_data + bytes(self._left)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """The next bytes, not many more than `max_length`."""
        parts, size = [], 0
        self._left = self._left or memoryview(data)
        while self._left and size < max_length and not self.eof:
            step, self._left = self._left[:ZSTD_STEP_BYTES], self._left[ZSTD_STEP_BYTES:]
            parts.append(self._decoder.decompress(step))
            size += len(parts[-1])
        return b"".join(parts)


def _start_gzip() -> Decoder:
    return _Deflated(zlib.MAX_WBITS | 16)


def start_zlib() -> Decoder:
    """Deflate with a header of its own, as most bodies are that HTTP calls deflate."""
    return _Deflated(zlib.MAX_WBITS)


def _start_deflate() -> Decoder:
    return _Deflated(-zlib.MAX_WBITS)


def _start_xz() -> Decoder:
    return lzma.LZMADecompressor(memlimit=MAX_WINDOW_BYTES)


BZIP2_OPENINGS = (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")  # of a block, of an end without any: "BZh9" alone may be text
GZIP = Codec("gzip", (b"\x1f\x8b",), _start_gzip, smallest_member=18, told_again_bytes=1 << 16)
ZSTD = Codec("zstd", (ZSTD_FRAME, *ZSTD_SKIPPABLE), Zstd, smallest_member=9)
BZIP2 = Codec(
    "bzip2",
    tuple(b"BZh%d" % level + opening for level in range(1, 10) for opening in BZIP2_OPENINGS),
    bz2.BZ2Decompressor,
    smallest_member=14,
)
# .lzma, from before .xz, has the usual settings and a size of window instead of a magic number: "]" alone may be a name in a tar.
LZMA = tuple(b"\x5d" + (factor << bits).to_bytes(4, "little") for bits in range(16, 28) for factor in (1, 3))
XZ = Codec("xz", (b"\xfd7zXZ\0", *LZMA), _start_xz, smallest_member=18)
CODECS = (GZIP, ZSTD, BZIP2, XZ)
DEFLATE = Codec("deflate", (), _start_deflate, smallest_member=2)  # of zip: it has no magic number
LONGEST_MAGIC = max(len(magic) for codec in CODECS for magic in codec.magics)
# A file that is nothing but the beginning of a magic number was cut there: no text is so short, or begins with 0x1f.
CUT_MAGICS = {magic[:size] for codec in CODECS for magic in codec.magics for size in range(2, len(magic))} | {b"\x1f"}


def find_codec(head: bytes) -> Codec | None:
    """The codec of a file that begins with `head`."""
    return next((codec for codec in CODECS if head.startswith(codec.magics)), None)


def is_too_wide(error: Exception) -> bool:
    """Whether a decoder gave up because of the memory that the data ask for."""
    return any(words in str(error) for words in TOO_WIDE)


def describe_broken(codec: Codec, error: Exception) -> str:
    """What is wrong with compressed data that a decoder gave up on."""
    if is_too_wide(error):
        wide = f"the {codec.name} data ask for a window of more than {MAX_WINDOW_BYTES} bytes"
        return f"{wide}; compress them with a smaller one, for no setting raises the limit"
    return f"the {codec.name} data are broken: {error}"
