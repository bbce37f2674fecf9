"""Texts that begin with their first sentence: feeds and databases give the title apart, and the networks take the first line for one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from copydesk.fields.matching import Flags, end_in_full_stop
from copydesk.label_names import LABELS
from copydesk.labels.arrays import Floats, Ints, spans
from copydesk.labels.decoding import likeliest_if_cut
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.around import Around
from copydesk.labels.rules.ruling import Ruled, Ruling

ABOVE = [LABELS.index(name) for name in ("title", "standfirst")]
SENTENCE = 60  # characters, at least


def opening(ruled: Ruled, chances: Floats, likely: Floats, around: Around, *, are_headings: Callable[[Ints], Flags]) -> Ruled:
    """No bar for the first block of a document where it is a sentence, right above another that is kept."""
    first, counts = spans(around.owner)
    first = first[counts > 1]
    kept = likely > ruled.bars.own
    is_above = ~kept[first] & kept[first + 1] & around.sentences[first] & around.sentences[first + 1]
    rows = first[is_above & (around.lengths[first] >= SENTENCE)]
    rows = rows[np.isin(likeliest_if_cut(chances[rows]), ABOVE)]
    if len(rows):
        rows = rows[~are_headings(rows) & end_in_full_stop(around.texts.take(pa.array(rows)).combine_chunks())]
    if not len(rows):
        return ruled
    own, rulings = ruled.bars.own.copy(), ruled.rulings.copy()
    own[rows], rulings[rows] = 0, Ruling.OPENING
    return Ruled(Bars(own, ruled.bars.usual), rulings)
