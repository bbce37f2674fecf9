"""The hand-set opinion: what weights set by hand make of features, a score for each label of each block."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from copydesk.label_names import LABELS
from copydesk.labels.arrays import Floats, Ints, product
from copydesk.labels.features.matrix import Features, is_markup

PARAMETERS = "hand_set.toml"


@dataclass(frozen=True, slots=True)
class HandSet:
    """A log-linear model over features."""

    features: tuple[str, ...]
    weights: Floats  # features × labels
    bias: Floats  # labels
    _ordered: dict[tuple[str, ...], tuple[Floats, Ints, Ints]] = field(default_factory=dict, compare=False, repr=False)

    def scores(self, found: Features) -> Floats:
        """Blocks × labels, as log-probabilities."""
        weights, of_pages, of_texts = self._by_name(found.names)
        made = product(found.matrix, weights, of_pages if found.has_pages else of_texts)
        made += self.bias
        return log_softmax(made)

    def pull(self, gradient: Floats, log_p: Floats) -> Floats:
        """The gradient by score that a gradient by log-probability means: labels × blocks."""
        result: Floats = gradient - np.exp(log_p) * gradient.sum(axis=0)
        return result

    def ordered(self, names: tuple[str, ...]) -> Floats:
        """The weights of the features `names` × labels, zero where it has none."""
        return self._by_name(names)[0]

    def _by_name(self, names: tuple[str, ...]) -> tuple[Floats, Ints, Ints]:
        """The weights of the features `names`, zero where it has none, and which of them count for pages and for texts.

        Put in order once, since every batch has the same.
        """
        if names not in self._ordered:
            weights = self._order(names)
            counts = weights.any(axis=1)
            self._ordered[names] = weights, np.flatnonzero(counts), np.flatnonzero(counts & ~is_markup(names))
        return self._ordered[names]

    def _order(self, names: tuple[str, ...]) -> Floats:
        at = {name: i for i, name in enumerate(self.features)}
        return np.stack([self.weights[at[name]] if name in at else np.zeros_like(self.bias) for name in names])


def parameters() -> dict[str, Any]:
    """What hand_set.toml holds: the weights, and for training how labels follow each other."""
    return tomllib.loads(files("copydesk.labels.networks").joinpath(PARAMETERS).read_text("utf-8"))


@cache
def load_hand_set() -> HandSet:
    """The weights in hand_set.toml."""
    table = parameters()
    names = tuple(sorted({name for weights in table["weights"].values() for name in weights} - {"bias"}))
    return HandSet(
        features=names,
        weights=np.array([[table["weights"][label].get(name, 0) for label in LABELS] for name in names], np.float32),
        bias=np.array([table["weights"][label].get("bias", 0) for label in LABELS], np.float32),
    )


def log_softmax(scores: Floats) -> Floats:
    """Scores as log-probabilities, row by row."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    result: Floats = (shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))).astype(np.float32, copy=False)
    return result
