"""Behind damage, where a compressed file can be read again: at a member whose content begins as members of it do."""

from __future__ import annotations

from collections.abc import Callable

from copydesk.raw.compression.codecs import BROKEN, GZIP, ZSTD, Codec

PROBED_BYTES = {
    GZIP.name: 1 << 10,
    ZSTD.name: (1 << 17) + 64,
}  # of a member that is tried: zstd gives nothing before a whole block
SHOWN_BYTES = 1 << 10  # of its content
MAX_TRIES = 5000  # in one file: magic numbers may stand in it by the million


class Search:
    """Looks for the next member; gives up on a file that has too many places which only look like one."""

    def __init__(self, is_start: Callable[[bytes], bool]) -> None:
        self.is_start = is_start
        self.tries = 0

    def next_member(self, codec: Codec, recent: bytes, take: Callable[[], bytes]) -> bytes:
        """The stored bytes from the member on, as far as they were taken; `b""` where there is none."""
        longest = max(map(len, codec.magics))
        at, probed = 0, PROBED_BYTES.get(codec.name, 0)
        while probed and self.tries < MAX_TRIES:
            at = min((found for magic in codec.magics if (found := recent.find(magic, at)) >= 0), default=-1)
            if at < 0 or len(recent) - at < probed:
                recent, more = recent[at:] if at >= 0 else recent[1 - longest :], take()
                if not more and at < 0:
                    break
                recent, at = recent + more, 0
                if more:
                    continue
            if self._is_member(codec, recent[at : at + probed]):
                return recent[at:]
            at += 1
        return b""

    def _is_member(self, codec: Codec, head: bytes) -> bool:
        self.tries += 1
        try:
            return self.is_start(codec.start().decompress(head, SHOWN_BYTES))
        except BROKEN:
            return False
