"""Blocks that are kept only where they are sure, since something speaks against them that the networks know too little of."""

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
    """The bars as they are where blocks are doubted, and why each is: one of the numbers above."""

    bars: Bars
    why: NDArray[np.int8]


def doubt(bars: Bars, likely: Floats, held: Floats, class_words: Tokens, around: Around) -> Doubts:
    """Higher bars for doubted blocks. Only what would be kept and is not sure is looked at.

    `held` are the words that each block seems to have of its article.
    """
    doubtful = np.flatnonzero((likely > bars.own) & (likely <= SURE))
    why = np.zeros(len(likely), np.int8)
    if len(doubtful):
        lines = around.texts.take(pa.array(doubtful)).combine_chunks()
        why[doubtful[called_no_text(held, class_words, around.owner)[doubtful]]] = CLASS
        why[doubtful[leading_elsewhere(lines)]] = POINTER
        why[doubtful[telling_of_signers(lines, doubtful, around)]] = SIGNER
    return Doubts(Bars(np.where(why > NONE, SURE, bars.own), bars.usual), why)
