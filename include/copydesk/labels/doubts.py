"""Blocks that are kept only where they are sure, since something speaks against them that the networks know too little of.

And those that are kept although they are not, since the lines around them vouch for them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from copydesk.labels.arrays import Floats
from copydesk.labels.bars import Bars
from copydesk.labels.named import called_no_text
from copydesk.labels.pointers import leading_elsewhere
from copydesk.labels.signers import Around, telling_of_signers
from copydesk.labels.tokens import Tokens

SURE = np.float32(0.9)  # how likely such a block must be to be the article's own
NONE, SIGNER, POINTER, CLASS = range(4)
DOUBTED = {SIGNER: "tells of who signed", POINTER: "leads elsewhere by its wording", CLASS: "its class says that it is no text"}


class Doubts(NamedTuple):
    """The bars as they are where blocks are doubted or vouched for, and why each is: one of the numbers above, or of `vouched`."""

    bars: Bars
    why: NDArray[np.int8]


def doubt(bars: Bars, likely: Floats, held: Floats, class_words: Tokens, around: Around, *, vouched: NDArray[np.int8]) -> Doubts:
    """Higher bars for doubted blocks, none for those `vouched` for. Only what would be kept and is not sure is looked at.

    `held` are the words that each block seems to have of its article.
    """
    own = np.where(vouched > NONE, 0, bars.own)
    doubtful = np.flatnonzero((likely > own) & (likely <= SURE))
    why = vouched.copy()
    if len(doubtful):
        lines = around.texts.take(pa.array(doubtful)).combine_chunks()
        why[doubtful[called_no_text(held, class_words, around.owner)[doubtful]]] = CLASS
        why[doubtful[leading_elsewhere(lines)]] = POINTER
        why[doubtful[telling_of_signers(lines, doubtful, around)]] = SIGNER
    return Doubts(Bars(np.where((why > NONE) & (why <= CLASS), SURE, own), bars.usual), why)
