"""Where keys of 64 bits stand in a list: a table by their first bits, for arrays of keys at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from copydesk.labels.arrays import Ints, true_at
from copydesk.labels.texts.characters import Flags, Hashes

SPACIOUS = 4  # slots a key, so that few keys meet
LASTING = 16  # for a table that is made once: with so many, a search for what is not there nearly always ends at once


class Lookup(NamedTuple):
    """Keys in the slot that their first bits name, or the next free one; 0 is no key."""

    slots: Hashes
    places: Ints
    shift: np.uint64

    @classmethod
    def of(cls, keys: Hashes, slots_a_key: int = SPACIOUS) -> Lookup:
        """The places of `keys`; of equal ones the last."""
        bits = max(4, (slots_a_key * len(keys)).bit_length())
        slots, places = np.zeros(1 << bits, np.uint64), np.empty(1 << bits, np.int64)
        shift = np.uint64(64 - bits)
        rest, at = np.arange(len(keys)), (keys >> shift).view(np.int64)
        slots[at], places[at] = keys, rest
        while len(rest := rest[lost := slots[at] != keys[rest]]):
            at = (at[lost] + 1) % len(slots)
            free = slots[at] == 0
            slots[at[free]], places[at[free]] = keys[rest[free]], rest[free]
        return cls(slots, places, shift)

    def find(self, keys: Hashes) -> Ints:
        """The place of each key, -1 where it is not known."""
        at, known = self.seek(keys)
        result: Ints = np.where(known, self.places.take(at), -1)
        return result

    def hits(self, keys: Hashes) -> tuple[Ints, Ints]:
        """Which of the keys are known, and the place of each of these; where few are, most meet a free slot and are done with."""
        met = true_at(self.slots.take((keys >> self.shift).view(np.int64)))
        at, known = self.seek(keys.take(met))
        rows = true_at(known)
        return met.take(rows), self.places.take(at.take(rows))

    def holds(self, keys: Hashes) -> Flags:
        """Whether each key is known."""
        return self.seek(keys)[1]

    def seek(self, keys: Hashes) -> tuple[Ints, Flags]:
        """The slot at which the search for each key ends, and whether the key is there."""
        at = (keys >> self.shift).view(np.int64)
        seen = self.slots.take(at)
        known = seen == keys
        rest = true_at(~known & (seen != 0))
        while len(rest):
            at[rest] = (at[rest] + 1) % len(self.slots)
            seen = self.slots[at[rest]]
            known[rest] = seen == keys[rest]
            rest = rest[~known[rest] & (seen != 0)]
        return at, known
