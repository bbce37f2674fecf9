"""From the chances of each label to one label a block."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from copydesk.labels.arrays import Floats
from copydesk.labels.names import IS_KEPT

LEAST_KEPT = 0.45  # probability; a paragraph lost costs more than a line too many
Labels = NDArray[np.int8]


def choose(chances: Floats) -> Labels:
    """The likeliest label among those of the article where the block likely belongs to it, else among the others."""
    kept = chances @ IS_KEPT > LEAST_KEPT
    result: Labels = np.where(kept[:, None] == (IS_KEPT > 0), chances, -1).argmax(axis=1).astype(np.int8)
    return result
