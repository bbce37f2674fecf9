"""How likely a block must be to be part of its article: a bar of its own for each document.

One bar for all keeps other stories and comments where much of a document is as doubtful, and loses paragraphs where a page is unlike
those that were learned from. What each of a few bars would keep, and how the words of the document lie over the chances, tells which
of them is best; a small network has learned that by the f1 that each gave on sites unseen.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk.label_names import IS_KEPT
from copydesk.labels.arrays import Floats, Ints, product, spans
from copydesk.labels.networks.network import Weights, bend
from copydesk.labels.texts.characters import Flags

USUAL = 3  # place of the bar that is best where nothing is known of the document
LOWEST = 2  # place of the lowest bar that is chosen: below, what a page of links has beside its article came in
# Probability; a paragraph lost costs more than a line too many. Markup tells more, so that less is in doubt.
BARS = {
    "html": np.array((0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85), np.float32),
    "text": np.array((0.15, 0.25, 0.35, 0.40, 0.55, 0.65, 0.75, 0.85), np.float32),
}
SHARE_OF_BEST = 0.6  # where a document's likeliest paragraph is below that, what comes near it is kept
LEAST_OF_ALL = 0.15  # what no such document falls below: it has no article
UNUSUAL = 4.0  # deviations from the mean of a trait; beyond, it says no more
LOG_OF_WORDS, LOG_OF_BLOCKS = 8.0, 5.0  # about those of long articles
SOME, FEW_WORDS, FEW_BLOCKS = 1e-3, 5.0, 3.0  # by which ratios of small numbers are tamed
LONGEST = 10.0  # times its words
LEAST_LEFT = 0.2  # of what is kept by the usual bar, whatever bar seems best: below, whole articles were lost
Sums = NDArray[np.float64]


class Bars(NamedTuple):
    """For each block how likely it must be to be kept, and how likely it would have to be were nothing known of its document."""

    own: Floats
    usual: Floats


def belonging(chances: Floats) -> Floats:
    """How likely each block belongs to its article, from the chances of its labels."""
    return product(chances, IS_KEPT[:, None])[:, 0]


def bars(likely: Floats, words: Floats, owner: Ints, form: str, weights: Weights) -> Bars:
    """The bars of some documents of one form; `likely` says how likely each block belongs to its article."""
    lengths = spans(owner)[1]
    known = usual(likely, owner, form)
    found = traits(likely, words, owner, form)
    promise = np.where(_leave_enough(found), scores(found, weights), -np.inf)
    best = LOWEST + promise[:, LOWEST:].argmax(axis=1)
    own = np.where(known == BARS[form][USUAL], BARS[form][best], known)
    return Bars(np.repeat(own, lengths), np.repeat(known, lengths))


def usual(likely: Floats, owner: Ints, form: str) -> Floats:
    """For each document the bar that is best where nothing more is known: lower where even its likeliest block is in doubt."""
    best = np.maximum.reduceat(likely, spans(owner)[0])
    result: Floats = np.minimum(BARS[form][USUAL], np.maximum(np.float32(SHARE_OF_BEST) * best, np.float32(LEAST_OF_ALL)))
    return result


def scores(found: Floats, weights: Weights) -> Floats:
    """How good each bar is for each document, from its traits: documents × bars."""
    scaled = standardised(found, weights)
    seen = bend(product(scaled.reshape(-1, scaled.shape[2]), weights["first"]) + weights["first_bias"])
    result: Floats = product(seen, weights["last"]).reshape(found.shape[:2]) + weights["last_bias"]
    return result


def _leave_enough(found: Floats) -> Flags:
    """Which bars keep enough of what the usual one does: documents × bars."""
    kept = found[:, 0, -found.shape[1] :]  # the last traits are the same of each bar
    return kept >= LEAST_LEFT * kept[:, [USUAL]]


def standardised(found: Floats, weights: Weights) -> Floats:
    """Traits as deviations from their means."""
    result: Floats = np.clip((found - weights["mean"]) * weights["scale"], -UNUSUAL, UNUSUAL).astype(np.float32)
    return result


def traits(likely: Floats, words: Floats, owner: Ints, form: str) -> Floats:
    """What each bar would keep of each document, also against the usual one, and the document as a whole: documents × bars × traits."""
    starts = spans(owner)[0]
    levels = BARS[form]
    held, expected, blocks = _above(np.stack([words, words * likely, np.ones_like(words)]), likely, owner, levels)
    all_words, hoped = (np.add.reduceat(column.astype(np.float64), starts)[:, None] for column in (words, words * likely))
    base, fewest = _usual(held), _usual(blocks)
    begins, ends = _extents(likely, words, starts, levels)
    more, gained = held - base, expected - _usual(expected)
    columns = (
        2 * expected / (held + hoped + SOME),  # the f1 that the chances promise
        expected / (hoped + SOME),
        expected / (held + SOME),
        np.log1p(held) / LOG_OF_WORDS,
        np.log1p(base) / LOG_OF_WORDS,
        np.log((held + FEW_WORDS) / (base + FEW_WORDS)),
        held / (all_words + SOME),
        np.log1p(blocks) / LOG_OF_BLOCKS,
        np.log((blocks + FEW_BLOCKS) / (fewest + FEW_BLOCKS)),
        np.where(more == 0, 0, gained / np.where(more == 0, 1, more)),  # how likely what it adds or takes away is
        (begins - _usual(begins)) / (base + 1),
        (ends - _usual(ends)) / (base + 1),
        np.minimum((ends - begins) / (held + 1), LONGEST),  # with its interruptions
        *(np.minimum(held / (base + SOME), UNUSUAL).T[:, :, None]),
    )
    out = np.empty((len(columns), *held.shape), np.float32)
    for place, column in enumerate(columns):
        out[place] = column
    return np.moveaxis(out, 0, 2)


def _usual(column: Sums) -> Sums:
    """What a column of traits is by the usual bar."""
    return column[:, USUAL : USUAL + 1]


def _above(values: Floats, likely: Floats, owner: Ints, levels: Floats) -> Sums:
    """For each row of `values` its sums over the blocks above each of `levels`: rows × documents × levels."""
    starts, lengths = spans(owner)
    count, steps = len(starts), len(levels) + 1
    cell = np.repeat(np.arange(count), lengths) * steps + np.searchsorted(levels, likely, side="left")
    sums = np.empty((len(values), count * steps))
    for place, row in enumerate(values):
        sums[place] = np.bincount(cell, row, count * steps)
    return np.cumsum(sums.reshape(len(values), count, steps)[:, :, :0:-1], axis=2)[:, :, ::-1]


def _extents(likely: Floats, words: Floats, starts: Ints, levels: Floats) -> tuple[Sums, Sums]:
    """After how many words of each document its article would begin by each bar, and after how many it would have ended."""
    whole = np.rint(words).astype(np.float64)  # a sum of whole numbers does not depend on the documents before it
    total = np.cumsum(whole)
    above = likely > levels[:, None]
    begins = np.minimum.reduceat(np.where(above, total - whole, np.inf), starts, axis=1).T
    ends = np.maximum.reduceat(np.where(above, total, -np.inf), starts, axis=1).T
    opening = (total - whole)[starts][:, None]
    is_empty = ends < begins
    found: Sums = np.where(is_empty, 0.0, np.stack([begins, ends]) - opening)
    return found[0], found[1]
