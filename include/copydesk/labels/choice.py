"""From the chances of each label to one label a block."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from copydesk.label_names import IS_KEPT, LABELS
from copydesk.labels.arrays import Floats, Ints, before, heaviest, spans

# Probability; a paragraph lost costs more than a line too many. Markup tells more, so that less is in doubt.
LEAST_KEPT_OF_PAGE, LEAST_KEPT_OF_TEXT = 0.45, 0.40
SHARE_OF_BEST = 0.6  # where a document's likeliest paragraph is below that, what comes near it is kept
LEAST_OF_ALL = 0.15  # what no such document falls below: it has no article
ONCE = LABELS.index("title")
ABOVE = LABELS.index("standfirst")
Labels = NDArray[np.int8]


def choose(chances: Floats, owner: Ints, is_page: NDArray[np.bool_]) -> Labels:
    """The likeliest label among those of the article where the block likely belongs to it, else among the others.

    `is_page` says of each block whether its document has markup.

    What a document has only once, or only above its text, is settled over the document: the likeliest line is its title.
    """
    kept = _kept(chances @ IS_KEPT, owner, is_page)
    allowed = np.where(kept[:, None] == (IS_KEPT > 0), chances, np.float32(-1))
    labels: Labels = allowed.argmax(axis=1).astype(np.int8)
    wrong = np.where(
        labels == ONCE, np.arange(len(owner)) != heaviest(chances[:, ONCE], owner), (labels == ABOVE) & (before(kept, owner) > 1)
    )
    for row in np.flatnonzero(wrong):
        allowed[row, labels[row]] = -1
        labels[row] = allowed[row].argmax()
    return labels


def _kept(likely: Floats, owner: Ints, is_page: NDArray[np.bool_]) -> NDArray[np.bool_]:
    starts, lengths = spans(owner)
    if not len(starts):
        return np.zeros(0, bool)
    best = np.maximum.reduceat(likely, starts)
    usual = np.where(is_page[starts], LEAST_KEPT_OF_PAGE, LEAST_KEPT_OF_TEXT)
    least = np.minimum(usual, np.maximum(SHARE_OF_BEST * best, LEAST_OF_ALL))
    result: NDArray[np.bool_] = likely > np.repeat(least, lengths)
    return result
