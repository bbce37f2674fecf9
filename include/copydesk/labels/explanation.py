"""Why a block has its label: the features that spoke for it, in words."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.label_names import KEPT, LABELS
from copydesk.labels.arrays import Floats, Ints
from copydesk.labels.labelling import Labelled
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.ruling import WORDS, Ruling
from copydesk.schema import EXPLANATION

REASONS = 3
LEAST = 0.4  # log-odds; weaker ones explain nothing
BY_SURROUNDINGS = "fits the blocks around it"
BY_RULE = "a rule of the site marks it"
BY_HIGHER_BAR = "less sure than the article of this document"
BY_LOWER_BAR = "as doubtful as much of the article of this document"
OF_ITSELF = (BY_SURROUNDINGS, BY_RULE, BY_HIGHER_BAR, BY_LOWER_BAR, *WORDS.values())  # reasons that are no feature
NOTHING = -1
PLACES = np.array([OF_ITSELF.index(WORDS[ruling]) if ruling else NOTHING for ruling in Ruling])  # of rulings among them


def explained(blocks: pa.Table, labelled: Labelled) -> pa.Table:
    """Blocks with label, probability, reasons in words, and whether they are kept in the body."""
    names = [LABELS[i] for i in labelled.labels]
    columns = {
        "ordinal": blocks["ordinal"],
        "text": blocks["text"],
        "label": pa.array(names),
        "probability": labelled.probabilities,
        "reasons": reasons(labelled, np.arange(len(names))),
        "kept": pa.array([name in KEPT for name in names]),
    }
    return pa.table(columns).cast(EXPLANATION)


def reasons(labelled: Labelled, rows: Ints) -> pa.ListArray:
    """For each of `rows`, what of the block itself speaks most for its label, against the mean over all labels."""
    strongest, worth = _strongest(labelled, rows)
    known = [*map(phrase, labelled.features.names)]
    told = worth >= LEAST
    marked = pc.is_valid(labelled.blocks["mark"].combine_chunks()).to_numpy(zero_copy_only=False)[rows]
    alone = marked | ~told.any(axis=1)
    strongest[alone, 0] = len(known) + np.where(marked[alone], OF_ITSELF.index(BY_RULE), OF_ITSELF.index(BY_SURROUNDINGS))
    told[alone] = np.arange(REASONS) == 0
    turned = np.where(marked, NOTHING, _turned(labelled, rows))
    moved = turned != NOTHING
    strongest[moved] = np.roll(strongest[moved], 1, axis=1)  # the weakest makes room
    strongest[moved, 0] = len(known) + turned[moved]
    told[moved] = np.roll(told[moved], 1, axis=1)
    told[moved, 0] = True
    ends = np.concatenate([[0], np.cumsum(told.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(ends, pa.array([*known, *OF_ITSELF]).take(pa.array(strongest[told])))


def _turned(labelled: Labelled, rows: Ints) -> Ints:
    """What kept or cut each of `rows` against what its label's chances alone would have: a place in `OF_ITSELF`, or `NOTHING`."""
    likely, bars, rulings = labelled.likely[rows], Bars(*(of[rows] for of in labelled.bars)), labelled.rulings[rows]
    kept, usually = likely > bars.own, likely > bars.usual
    by_bar = np.where(bars.own > bars.usual, OF_ITSELF.index(BY_HIGHER_BAR), OF_ITSELF.index(BY_LOWER_BAR))
    return np.where(rulings != Ruling.NONE, PLACES[rulings], np.where(kept != usually, by_bar, NOTHING))


def _strongest(labelled: Labelled, rows: Ints) -> tuple[Ints, Floats]:
    """The features that gain most, and what they gain; sorting all of them for three takes five times as long."""
    places = np.empty((len(rows), REASONS), np.int64)
    worth = np.empty(places.shape, np.float32)
    empty = labelled.features.names.index("is_html")  # true of every block of a page, so no reason for any
    for some, gains in labelled.model.gains(labelled.features, labelled.traces, labelled.labels, rows):
        gains[:, empty] = 0
        each = np.arange(len(gains))
        for rank in range(REASONS):
            best = gains.argmax(axis=1)
            places[some, rank], worth[some, rank] = best, gains[each, best]
            gains[each, best] = -np.inf
    return places, worth


def phrase(feature: str) -> str:
    """What the feature says of a block, in the words of phrases.toml."""
    return _phrases()[feature]


@cache
def _phrases() -> dict[str, str]:
    return tomllib.loads(files("copydesk.labels").joinpath("phrases.toml").read_text("utf-8"))
