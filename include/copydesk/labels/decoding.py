"""From the chances of each label to one label a block."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from copydesk.label_names import FIELDS, IS_KEPT, LABELS
from copydesk.labels.arrays import Floats, Ints, before, heaviest, true_at

ONCE = LABELS.index("title")
ABOVE = LABELS.index("standfirst")
IS_FIELD = np.array([name in FIELDS for name in LABELS])
Labels = NDArray[np.int8]


def are_fields(chances: Floats) -> NDArray[np.bool_]:
    """Which blocks, where they are not kept, are read into a field of their own."""
    found: NDArray[np.bool_] = IS_FIELD[likeliest_if_cut(chances)]
    return found


def likeliest_if_cut(chances: Floats) -> Ints:
    """For each block the likeliest label of those that are not the article's."""
    found: Ints = np.where(IS_KEPT > 0, np.float32(-1), chances).argmax(axis=1)
    return found


def choose(chances: Floats, owner: Ints, kept: NDArray[np.bool_]) -> Labels:
    """The likeliest label among those of the article where the block is `kept`, else among the others.

    What a document has only once, or only above its text, is settled over the document: the likeliest line is its title.
    """
    allowed = np.where(kept[:, None] == (IS_KEPT > 0), chances, np.float32(-1))
    labels: Labels = allowed.argmax(axis=1).astype(np.int8)
    wrong = np.where(
        labels == ONCE, np.arange(len(owner)) != heaviest(chances[:, ONCE], owner), (labels == ABOVE) & (before(kept, owner) > 1)
    )
    for row in true_at(wrong):
        allowed[row, labels[row]] = -1
        labels[row] = allowed[row].argmax()
    return labels
