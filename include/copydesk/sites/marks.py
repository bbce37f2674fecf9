"""Elements that a rule marked → the blocks that hold their text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np
import pyarrow as pa

from copydesk.fields.folding import fold
from copydesk.sites.verdict import Mark


def mark_blocks(blocks: pa.Table, marked: Mapping[int, Sequence[Mark]]) -> pa.Table:
    """`blocks` with the label of the marks, by document, on each block whose whole text one holds; a later mark wins."""
    if not marked:
        return blocks
    found: list[str | None] = blocks["mark"].to_pylist()
    owner = blocks["document"].to_numpy()
    for document, marks in marked.items():
        first, last = np.searchsorted(owner, [document, document + 1]).tolist()
        found[first:last] = _labels(blocks["text"].slice(first, last - first).to_pylist(), marks)
    return blocks.set_column(blocks.schema.get_field_index("mark"), blocks.schema.field("mark"), pa.array(found, pa.string()))


def _labels(texts: Sequence[str], marks: Sequence[Mark]) -> list[str | None]:
    """The label of each block of a document, or None."""
    folded = [fold(text) for text in texts]
    ends = list(accumulate(map(len, folded)))
    whole = "".join(folded)
    labels: list[str | None] = [None] * len(texts)
    for mark in marks:
        start = _nearest(whole, mark)
        for n, (text, end) in enumerate(zip(folded, ends, strict=True)):
            if text and start <= end - len(text) and end <= start + len(mark.text) and start >= 0:
                labels[n] = mark.label
    return labels


def _nearest(whole: str, mark: Mark) -> int:
    """Where the mark's text stands, nearest to its place on the page; -1 where it does not."""
    after, before = whole.find(mark.text, mark.before), whole.rfind(mark.text, 0, mark.before + len(mark.text))
    places = [place for place in (after, before) if place >= 0]
    return min(places, key=lambda place: abs(place - mark.before), default=-1)
