"""Leads: what stands above a text like a standfirst, and is its first paragraph more often than not.

The bar of a document is that of all its blocks; of those above its text more are its own than their likelihood says.
"""

from __future__ import annotations

import numpy as np

from copydesk.fields.matching import Flags
from copydesk.label_names import LABELS
from copydesk.labels.arrays import Floats, Ints, before, true_at
from copydesk.labels.decoding import likeliest_if_cut
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.ruling import Ruled, Ruling

STANDFIRST = LABELS.index("standfirst")
LEAST_OF_PAGE, LEAST_OF_TEXT = np.float32(0.3), np.float32(0.4)  # how likely such a block must be
MOST_KEPT = 1  # blocks of the article above it


def leading(ruled: Ruled, settled: Bars, chances: Floats, likely: Floats, *, are_pages: Flags, owner: Ints) -> Ruled:
    """No bar for leads. `ruled` is what was ruled before; `settled`, the bars before any favor, tells what stands above the text."""
    kept = likely > ruled.bars.own
    rows = true_at(~kept & (likely > np.where(are_pages, LEAST_OF_PAGE, LEAST_OF_TEXT)))
    if len(rows):
        rows = rows[likeliest_if_cut(chances[rows]) == STANDFIRST]
    if not len(rows):
        return ruled
    rows = rows[before(likely > settled.own, owner)[rows] <= MOST_KEPT]
    own, rulings = ruled.bars.own.copy(), ruled.rulings.copy()
    own[rows], rulings[rows] = 0, Ruling.LEAD
    return Ruled(Bars(own, ruled.bars.usual), rulings)
