"""The dictionary that a .warc.zst of the Internet Archive begins with: every frame behind it needs it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import zstandard

from copydesk.raw.compression.codecs import MAX_WINDOW_BYTES, ZSTD_FRAME, Codec, Zstd

MAGIC = b"\x5d\x2a\x4d\x18"  # of the skippable frame, its size in the four bytes behind
HEADER_BYTES = 8
DICTIONARY = b"\x37\xa4\x30\xec"
MAX_DICTIONARY_BYTES = 16 << 20  # they are 100 KiB or so, and held in memory as long as the file is read


def frame_bytes(head: bytes) -> int:
    """How many bytes the frame of a dictionary takes that a file begins with; 0 where it begins with none."""
    size = int.from_bytes(head[4:HEADER_BYTES], "little")
    return HEADER_BYTES + size if head.startswith(MAGIC) and size <= MAX_DICTIONARY_BYTES else 0


def with_dictionary(codec: Codec, frame: bytes) -> Codec:
    """`codec` for the frames behind `frame`; as it was where that is no dictionary, so that they are found broken."""
    content = frame[HEADER_BYTES:]
    try:
        if content.startswith(ZSTD_FRAME):
            content = zstandard.ZstdDecompressor().decompress(content, MAX_DICTIONARY_BYTES)
        if not content.startswith(DICTIONARY):
            return codec
        dictionary = zstandard.ZstdCompressionDict(content)
        decompressor = zstandard.ZstdDecompressor(dictionary, max_window_size=MAX_WINDOW_BYTES)
        decompressor.decompressobj()
    except (zstandard.ZstdError, MemoryError):
        return codec
    return replace(codec, start=partial(Zstd, decompressor))
