"""What the networks read of a block: its features, the hand-set opinion, and what lexicons say of its words."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np

from copydesk.label_names import LABELS
from copydesk.labels.arrays import Floats, Ints, true_at
from copydesk.labels.features.lexicon import COLUMNS
from copydesk.labels.features.matrix import WORDS_LOG_BASE, Features, is_markup
from copydesk.labels.networks.hand_set import HandSet

PRIOR_SCALE = np.float32(0.25)
LOWEST = -8.0  # log-probabilities below say no more
LEXICONS = ("words", "class_words")
ALONE = tuple(f"alone_{label}" for label in LABELS)  # the hand-set opinion, as inputs


def length(found: Features) -> Floats:
    """Words of each block, as the features count them."""
    result: Floats = np.expm1(found.matrix[:, found.names.index("words_log")] * np.float32(np.log(WORDS_LOG_BASE)))
    return result


def stack(matrix: Floats, prior: Floats, lexical: list[Floats], some: Ints | None = None) -> Floats:
    """What the networks read: features, the hand-set opinion, what the lexicons say; `input_names` names the columns.

    Of these `some`, where only some are wanted.
    """
    parts = [matrix.T, prior.T * PRIOR_SCALE, *(columns.T for columns in lexical)]
    if some is not None:
        parts = [parts[at][rows] for at, rows in _stretches(tuple(some.tolist()), tuple(map(len, parts)))]
    out = np.empty((sum(map(len, parts)), len(matrix)), np.float32)  # or they would lie as the parts do, and sums differ by it
    return np.concatenate(parts, out=out).T


@cache
def _stretches(some: tuple[int, ...], sizes: tuple[int, ...]) -> list[tuple[int, slice]]:
    """Where rows that are `some` of all parts of these `sizes` stand in them: as few stretches as can be, to copy each at once."""
    ends = np.cumsum(sizes)
    part = np.searchsorted(ends, some, "right")
    row = np.array(some) - (ends - sizes)[part]
    edges = [0, *(true_at((np.diff(some) != 1) | (np.diff(part) != 0)) + 1).tolist(), len(some)]
    return [(int(part[low]), slice(int(row[low]), int(row[high - 1]) + 1)) for low, high in pairwise(edges)]


def input_names(features: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the columns of `stack`."""
    return (*features, *ALONE, *(f"{name}_{column}" for name in LEXICONS for column in COLUMNS))


@cache
def without_markup(inputs: tuple[str, ...]) -> Ints:
    """The inputs that a text can have: a third of the work is left out."""
    of_classes = [f"{LEXICONS[1]}_{column}" for column in COLUMNS]
    return true_at(~(is_markup(inputs) | np.isin(inputs, of_classes)))


def opinion(model: HandSet, found: Features) -> Floats:
    """The hand-set model's log-probabilities, as the networks take them."""
    return np.maximum(model.scores(found), np.float32(LOWEST))
