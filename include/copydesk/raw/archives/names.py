"""Which names of members have been seen, in memory that does not grow with their number: a Bloom filter."""

from __future__ import annotations

from hashlib import blake2b
from mmap import mmap

BITS = 1 << 28  # with ten million names, six in a thousand are wrongly taken for one that was there before


class Names:
    """The names of an archive so far."""

    def __init__(self) -> None:
        self._bits = mmap(-1, BITS // 8)  # no page of it takes memory before it is used

    def add(self, name: str) -> bool:
        """Take in a name; whether it was there before, or very rarely only seems so."""
        digest = int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        was_there = True
        for place in (digest % BITS, (digest >> 32) % BITS):
            byte, bit = place >> 3, 1 << (place & 7)
            was_there &= bool(self._bits[byte] & bit)
            self._bits[byte] |= bit
        return was_there
