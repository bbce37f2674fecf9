"""Documents that are articles already, as archives and other extractors give them: nothing is cut but what is read into fields."""

from __future__ import annotations

import numpy as np

from copydesk.label_names import LABELS
from copydesk.labels.arrays import Floats, before, whole
from copydesk.labels.decoding import choose
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.around import Around
from copydesk.labels.rules.ruling import Ruled, Ruling, Settled
from copydesk.labels.texts.characters import Flags

TITLE, DATE, BYLINE, CAPTION = (LABELS.index(name) for name in ("title", "date", "byline", "caption"))
ALWAYS = np.float32(-1)  # a bar that whatever is there passes


def uncut(settled: Settled, chances: Floats, around: Around, *, are_pages: Flags) -> Settled:
    """No bar for any block that is no field: the title, dates and bylines above or below the text, and captions of pages."""
    kept, owner = settled.are_kept, around.owner
    label = choose(chances, owner, kept)
    is_line = np.isin(label, (TITLE, DATE, BYLINE)) & ~around.sentences
    above = before(~is_line, owner)
    is_outside = (above == 0) | (above == whole(~is_line, owner))
    is_field = is_line & (is_outside | (label == TITLE)) | (label == CAPTION) & are_pages
    turned, (bars, rulings) = ~kept & ~is_field, settled.ruled
    own = np.where(turned, ALWAYS, bars.own)
    return Settled(settled.likely, Ruled(Bars(own, bars.usual), np.where(turned, Ruling.EVERYTHING, rulings).astype(np.int8)))
