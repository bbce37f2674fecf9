"""Blocks that are kept only where they are sure, since something speaks against them that the networks know too little of."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.table import one_array
from copydesk.labels.arrays import Floats
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.around import Around
from copydesk.labels.rules.class_names import called_no_text
from copydesk.labels.rules.credits import worded_as_captions
from copydesk.labels.rules.opened import below_openings
from copydesk.labels.rules.pointers import leading_elsewhere
from copydesk.labels.rules.ruling import Ruled, Ruling
from copydesk.labels.rules.signers import telling_of_signers
from copydesk.labels.texts.tokens import Tokens

# How likely such a block must be to be the article's own; a lead may be called a teaser by its class.
SURE, SURE_OF_CLASS = np.float32(0.95), np.float32(0.9)
MOST_CHARS = 1_000  # looked at of a line; a caption has fewer


def doubt(vouched: Ruled, likely: Floats, held: Floats, class_words: Tokens, around: Around) -> Ruled:
    """Higher bars for doubted blocks. Only what would be kept and is not sure is looked at.

    `vouched` is what was ruled before, `held` are the words that each block seems to have of its article.
    """
    own, rulings = vouched.bars.own.copy(), vouched.rulings.copy()
    are_kept = likely > own
    kept = np.flatnonzero(are_kept)
    doubtful = kept[likely[kept] <= SURE]
    if len(doubtful):
        are_last = np.append(np.diff(around.owner[kept]) > 0, True)[likely[kept] <= SURE]
        lines = pc.utf8_slice_codeunits(one_array(around.texts.take(pa.array(doubtful))), 0, MOST_CHARS)
        for ruling, doubted in (
            (Ruling.CLASS, called_no_text(held, class_words, around.owner)[doubtful] & (likely[doubtful] <= SURE_OF_CLASS)),
            (Ruling.POINTER, leading_elsewhere(lines)),
            (Ruling.CREDIT, worded_as_captions(lines, are_last) & (around.lengths[doubtful] < MOST_CHARS)),
            (Ruling.OPENED, below_openings(doubtful, are_kept, around)),
            (Ruling.SIGNER, telling_of_signers(lines, doubtful, around)),
        ):
            rulings[doubtful[doubted]], own[doubtful[doubted]] = ruling, SURE
    return Ruled(Bars(own, vouched.bars.usual), rulings)
