"""What is known of the blocks of a page, passed on to the lines of its bare text."""

from __future__ import annotations

import numpy as np

from copydesk.labels.arrays import Floats
from copydesk.labels.training.gold import Lesson
from copydesk.labels.training.truth import fold


def passed_on(pages: Lesson, word: Floats, texts: Lesson) -> Floats:
    """For each line of `texts` the largest `word` of a block of the same page that says the same; NaN where none does."""
    places = {row["id"]: page for page, row in enumerate(pages.rows)}
    out = np.full(len(texts.texts), np.nan, np.float32)
    for page, row in enumerate(texts.rows):
        if (place := places.get(row["id"])) is not None:
            blocks, lines = pages.span(place), texts.span(page)
            known: dict[str, float] = {}
            for text, value in zip(pages.texts[blocks], word[blocks].tolist(), strict=True):
                known[fold(text)] = max(value, known.get(fold(text), 0.0))
            out[lines] = [known.get(fold(text), np.nan) for text in texts.texts[lines]]
    return out
