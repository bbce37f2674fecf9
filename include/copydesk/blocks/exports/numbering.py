"""Blocks of texts of which lines were read by their labels: their places, and those of the lines, in the text as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa

from copydesk.blocks.exports.read_lines import ReadLine
from copydesk.blocks.exports.reading import Export
from copydesk.blocks.table import BLOCKS

ORDINAL = BLOCKS.get_field_index("ordinal")
Row = tuple[int, str, str, str]  # of READ_LINE


def numbered(blocks: pa.Table, exports: Mapping[int, Export]) -> tuple[pa.Table, dict[int, list[Row]]]:
    """Blocks whose ordinals leave room for the lines, and these by document; `exports` are by document."""
    owner, ordinals = blocks["document"].to_numpy(), blocks["ordinal"].to_numpy().copy()
    read: dict[int, list[Row]] = {}
    for document, export in exports.items():
        low, high = np.searchsorted(owner, [document, document + 1]).tolist()
        above = min(export.above, high - low)  # fewer where lines were joined
        ordinals[low + above : high] += len(export.head)
        read[document] = [*_rows(export.head, above), *_rows(export.tail, len(export.head) + high - low)]
    return blocks.set_column(ORDINAL, BLOCKS.field(ORDINAL), pa.array(ordinals, pa.int32())), read


def _rows(lines: Iterable[ReadLine], first: int) -> Iterator[Row]:
    return ((ordinal, *line) for ordinal, line in enumerate(lines, first))
