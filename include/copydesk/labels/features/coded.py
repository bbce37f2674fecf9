"""Columns whose values come again and again: what is told of the different ones is told of all."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.labels.arrays import Ints


class Coded(NamedTuple):
    """The different values of a column, and which of them each block has."""

    values: pa.Array
    of_block: Ints  # -1 where it has none

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> Coded:
        """A column of a table of blocks."""
        encoded = pc.dictionary_encode(column.combine_chunks())
        codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
        return cls(encoded.dictionary, codes.astype(np.int64))

    def told(self, of_values: NDArray[Any], of_none: Any) -> NDArray[Any]:
        """For each block what is told of its value, or of having none."""
        return np.append(of_values, of_none)[self.of_block]
