"""Lines in doubt, kept or cut as a source favors recall or precision."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from copydesk.favor import Favor
from copydesk.labels.arrays import Floats, Ints, spans
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.ruling import Ruled, Ruling
from copydesk.labels.texts.characters import Flags

SHIFTS = {"precision": 1.0, "recall": -1.5}  # of bars, in log-odds
RULINGS = {"precision": Ruling.PRECISION, "recall": Ruling.RECALL}
LEAST_LEFT = 0.5  # of the words kept in balance: an article that is in doubt as a whole is not lost


def favored(bars: Bars, likely: Floats, words: Floats, owner: Ints, favor: Favor, *, are_fields: Callable[[], Flags]) -> Ruled:
    """The bars of each document, moved; `are_fields` tells which blocks are a title, a caption and the like unless they are kept.

    What is kept for precision is kept in balance, and what is kept in balance for recall. A document keeps nothing for any or for all.
    """
    rulings = np.zeros(len(likely), np.int8)
    if favor not in SHIFTS or not len(likely):
        return Ruled(bars, rulings)
    moved = (1 / (1 + (1 / bars.own - 1) * np.exp(-SHIFTS[favor]))).astype(np.float32)
    before, after = likely > bars.own, likely > moved
    held, left = (_words_of_documents(words, kept, owner) for kept in (before, after))
    may_turn = (held > 0) & ~are_fields() if favor == "recall" else left >= LEAST_LEFT * held
    turned = (before != after) & may_turn
    rulings[turned] = RULINGS[favor]
    return Ruled(Bars(np.where(turned, moved, bars.own), bars.usual), rulings)


def _words_of_documents(words: Floats, kept: Flags, owner: Ints) -> NDArray[np.float64]:
    """For each block how many words are `kept` of its document."""
    starts, lengths = spans(owner)
    return np.add.reduceat(np.where(kept, words, 0).astype(np.float64), starts).repeat(lengths)
