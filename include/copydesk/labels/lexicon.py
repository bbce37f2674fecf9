"""Words that speak for or against the article, learned over many sites: of the text, and of class names."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats
from copydesk.labels.tokens import Tokens

COLUMNS = ("mean", "most", "least")


class Lexicon(NamedTuple):
    """Log-odds that a block with the word belongs to the article, against a block of which nothing is known."""

    words: pa.Array
    odds: Floats

    def columns(self, tokens: Tokens) -> Floats:
        """Mean, largest and smallest log-odds of each block's known words; blocks × 3."""
        place = pc.fill_null(pc.index_in(tokens.vocabulary, self.words), len(self.words)).to_numpy(zero_copy_only=False)
        known = place[tokens.code] < len(self.words)
        return spread(tokens, known, np.append(self.odds, np.float32(0))[place[tokens.code]])


def spread(tokens: Tokens, known: np.ndarray, odds: Floats) -> Floats:
    """Mean, largest and smallest of the known tokens' odds, by block."""
    out = np.zeros((len(tokens.counts), len(COLUMNS)), np.float32)
    block, odds = tokens.block[known], odds[known]
    if len(block):
        starts = np.flatnonzero(np.r_[True, block[1:] != block[:-1]])
        rows = block[starts]
        out[rows, 0] = np.add.reduceat(odds, starts) / np.diff(np.r_[starts, len(block)])
        out[rows, 1] = np.maximum(np.maximum.reduceat(odds, starts), 0)
        out[rows, 2] = np.minimum(np.minimum.reduceat(odds, starts), 0)
    return out
