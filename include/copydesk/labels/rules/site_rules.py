"""What rules of sites say of blocks stands above what was learned."""

from __future__ import annotations

import pyarrow as pa

from copydesk.label_names import LABELS
from copydesk.labels.arrays import Floats
from copydesk.labels.decoding import Labels

CERTAIN = 1.0


def apply_marks(labels: Labels, probabilities: Floats, blocks: pa.Table) -> tuple[Labels, Floats]:
    """Labels and their probabilities, with certainty where a rule marks the block."""
    marks = blocks["mark"]
    if marks.null_count == len(marks):
        return labels, probabilities
    labels, probabilities = labels.copy(), probabilities.copy()
    for row, mark in enumerate(marks.to_pylist()):
        if mark is not None:
            labels[row], probabilities[row] = LABELS.index(mark), CERTAIN
    return labels, probabilities
