"""HTML of a field, as feeds and databases give it: the article alone, in which the networks look for the rails of a page."""

from __future__ import annotations

import numpy as np

from copydesk.labels.arrays import Ints, true_at, whole
from copydesk.labels.features.matrix import Features
from copydesk.labels.networks.bars import Bars
from copydesk.labels.texts.characters import Flags

BAR = np.float32(0.15)  # how likely a block of a fragment must be
MOST_LINKED = 0.5  # share of a block's characters that lead elsewhere; more is no sentence
OF_PAGES = ("in_nav", "in_header", "in_aside", "in_form")  # what holds these was cut out of a page


def eased(bars: Bars, are_fragments: Flags, found: Features, owner: Ints) -> Bars:
    """Lower bars for the blocks of fragments."""
    rows = true_at(are_fragments)
    if not len(rows):
        return bars
    *furniture, ending, linked = found.select([*OF_PAGES, "in_footer", "link_share"])[rows].T
    of_page = whole(np.maximum.reduce(furniture) > 0, owner[rows]) > 0
    rows = rows[~of_page & (ending == 0) & (linked < MOST_LINKED)]
    own = bars.own.copy()
    own[rows] = np.minimum(own[rows], BAR)
    return Bars(own, bars.usual)
