"""Ids that were met before in a dump of any size."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from copydesk.labels.texts.characters import Flags, Hashes

DIGITS = 16  # of the 32 of an id, which is a hash: that two of ten million share them is one chance in 300,000


class Met:
    """The ids met so far, eight bytes each."""

    def __init__(self) -> None:
        self._known: Hashes = np.empty(0, np.uint64)

    def meet(self, ids: pa.ChunkedArray) -> Flags:
        """Whether each id was met before, earlier in `ids` too; from now on all were."""
        keys = _keys(ids)
        new, first = np.unique(keys, return_index=True)
        is_repeated: Flags = np.ones(len(keys), bool)
        is_repeated[first] = False
        is_repeated |= self.knows(ids)
        self._known = np.insert(self._known, np.searchsorted(self._known, new), new)
        return is_repeated

    def knows(self, ids: pa.ChunkedArray) -> Flags:
        """Whether each id was met."""
        keys = _keys(ids)
        if not len(self._known):
            return np.zeros(len(keys), bool)
        place = np.minimum(np.searchsorted(self._known, keys), len(self._known) - 1)
        result: Flags = self._known[place] == keys
        return result


def _keys(ids: pa.ChunkedArray) -> Hashes:
    return np.fromiter((int(text[:DIGITS], 16) for text in ids.to_pylist()), np.uint64, len(ids))
