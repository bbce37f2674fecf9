"""Which text of each block is linked, and where to: read of the tags of many pages at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.pieces import Pieces
from copydesk.blocks.stretches import Numbers
from copydesk.blocks.tags import Tags, around


class Owners(NamedTuple):
    """Which block pieces of text belong to."""

    number: Numbers  # of the run that became each block
    run: Numbers  # of each piece

    def blocks(self, pieces: Numbers) -> tuple[Numbers, Numbers]:
        """The pieces that are part of a block, and its place."""
        block = np.minimum(np.searchsorted(self.number, self.run[pieces]), len(self.number) - 1)
        kept = self.number[block] == self.run[pieces] if len(self.number) else np.zeros(0, bool)
        return pieces[kept], block[kept]


class Links(NamedTuple):
    """The links of some pages."""

    tags: Tags
    begins: Numbers  # their start tags
    within: Numbers  # how many are open behind each tag

    @classmethod
    def of(cls, tags: Tags) -> Links:
        """All of them."""
        begins, ends = tags.named("a"), tags.named("/a")
        return cls(tags, np.flatnonzero(begins), np.cumsum(begins.astype(np.int64) - ends))

    def of_blocks(self, used: Numbers, pieces: Pieces, owners: Owners) -> tuple[Numbers, pa.StringArray]:
        """How many letters of each block are linked, and where its first link leads; `pieces` stand behind the tags `used`."""
        linked, block = owners.blocks(np.flatnonzero(self.within[used] > 0))
        chars = np.bincount(block, pieces.lengths(linked), len(owners.number)).astype(np.int64)
        at = used[linked]
        return chars, self._first(self._around(at, self.within[at]), block, len(owners.number))

    def _first(self, link: Numbers, block: Numbers, count: int) -> pa.StringArray:
        """For each of `count` blocks where the first `link` in it leads; those behind are read only where that has no address."""
        is_first = np.append(True, block[1:] != block[:-1])[: len(block)]
        place = np.full(count, -1)
        different, place[block[is_first]] = np.unique(link[is_first], return_inverse=True)
        found = self._addresses(different)
        leads = found.take(pa.array(place, mask=place < 0))
        is_open = pc.equal(leads, "").fill_null(False).to_numpy(zero_copy_only=False)[block] & ~is_first
        return self._second(leads, link[is_open], block[is_open]) if is_open.any() else leads

    def _second(self, leads: pa.StringArray, link: Numbers, block: Numbers) -> pa.StringArray:
        """`leads`, and where links behind the first lead of blocks whose first leads nowhere."""
        found = leads.to_pylist()
        different, place = np.unique(link, return_inverse=True)
        for number, address in zip(block.tolist(), self._addresses(different).take(pa.array(place)).to_pylist(), strict=True):
            found[number] = found[number] or address
        return pa.array(found, pa.string())

    def _addresses(self, links: Numbers) -> pa.StringArray:
        """Where different links lead, in order; one without an address, where that leads in which it stands."""
        at = self.begins[links]
        found = self.tags.stating(at, "href")
        inner = np.flatnonzero(self.within[at] > 1)
        inner = inner[pc.equal(found.take(pa.array(inner)), "").to_numpy(zero_copy_only=False)]
        if not len(inner):
            return found
        different, place = np.unique(self._around(at[inner], self.within[at[inner]] - 1), return_inverse=True)
        outer = np.arange(len(links))
        outer[inner] = len(links) + place
        return pa.concat_arrays([found, self._addresses(different)]).take(pa.array(outer))

    def _around(self, at: Numbers, level: Numbers) -> Numbers:
        """The last link before each place that has that many around it and itself."""
        return around(self.begins, self.within[self.begins], at, level)
