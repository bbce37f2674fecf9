"""Blocks whose own class says that they are no text: captions, teasers and boxes stand among an article's paragraphs and read like them.

The networks see class words as a mean over the block's own and those of all that encloses it, so that a caption in a body looks like
the body.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from copydesk.labels.arrays import Floats, Ints, whole
from copydesk.labels.texts.characters import Hashes
from copydesk.labels.texts.tokens import Tokens, hashed

NEAREST = 3  # class words: those behind are of what encloses the block
NAMES = (
    "caption captions figcaption teaser teasers related recommended readmore promo newsletter signup disclosure factbox infobox "
    "byline banner tweet twitter instagram tiktok bluesky"
).split()
MOST = 0.5  # share of an article's words; beyond, it is what the site calls its text


def called_no_text(held: Floats, class_words: Tokens, owner: Ints) -> NDArray[np.bool_]:
    """Which blocks have such a class; `held` are the words that each block seems to have of its article."""
    named = _named(class_words) if len(class_words.code) else np.zeros(len(held), bool)
    if not named.any():
        return named
    is_text = whole(held * named, owner) > MOST * whole(held, owner)
    return named & ~is_text


def _named(class_words: Tokens) -> NDArray[np.bool_]:
    """Which blocks have one of the names among their nearest class words."""
    near = class_words.opening(NEAREST)
    hits = near.texts()[np.isin(near.code, _names())]
    found: NDArray[np.bool_] = np.bincount(hits, minlength=len(near.counts)).astype(bool)[near.text]
    return found


@cache
def _names() -> Hashes:
    return hashed(NAMES)
