"""A small network over blocks that twice looks at what surrounds them: neighbours, containers, the document.

Its first layer reads a block by itself. What the first few units of a layer say of the surroundings is read by the next: so the
second layer guesses where the article lies, and the third judges each block by how much of it lies around, before and behind.
Arrays are blocks × units, and lie in memory unit by unit.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk.labels.arrays import Floats, Ints, multiply, product
from copydesk.labels.networks.surroundings import Surroundings, running
from copydesk.labels.texts.characters import Flags

Weights = dict[str, Floats]
VIEWED = 12  # units of a layer that the next one sees of the surroundings; all 32 read no better, at thrice the cost
LEAK = np.float32(0.05)


class Activations(NamedTuple):
    """What the layers made of some blocks; training goes back through them."""

    inputs: Floats
    first: Floats
    first_seen: Floats
    second: Floats
    likely: Floats  # probability, from the second layer alone, that the block is part of the article
    second_seen: Floats
    third: Floats
    scores: Floats  # blocks × labels, not normalised


class Layers(NamedTuple):
    """What is kept of activations to say later what a block's own inputs did: which units were above zero, units × blocks."""

    first: Flags
    second: Flags
    third: Flags


class Gradients(NamedTuple):
    """Of some blocks, by their own inputs, which are made when asked for, and by their prior."""

    weights: Floats  # of the first layer
    to_first: Floats  # units × blocks
    to_prior: Floats  # labels × blocks

    def by_input(self, names: slice) -> Floats:
        """Those inputs × blocks."""
        result: Floats = self.weights[names] @ self.to_first
        return result


def forward(
    weights: Weights, inputs: Floats, prior: Floats, words: Floats, around: Surroundings, *, some: Ints | None = None
) -> Activations:
    """Scores of every label for blocks with `inputs`, scaled as the weights take them; `prior` are the hand-set log-probabilities.

    The inputs are `some` of those that the weights know, where no document of this form has the others.
    """
    first_seen = np.empty((len(weights["second"]), len(inputs)), np.float32)  # a layer's units, and what is seen of them around
    own = weights["first"] if some is None else weights["first"][some]
    first, beside = _layer(own, weights["first_bias"], inputs, first_seen)
    around.view(first[:VIEWED], beside)
    second_seen = np.empty((len(weights["third"]), len(inputs)), np.float32)
    second, beside = _layer(weights["second"], weights["second_bias"], first_seen.T, second_seen)
    likely = sigmoid(product(second.T, weights["likely"]) + weights["likely_bias"])
    far = masses(likely[:, 0], words, around).T
    beside[-len(far) :] = far
    around.view(second[:VIEWED], beside[: -len(far)])
    third = np.empty((weights["third"].shape[1], len(inputs)), np.float32)
    _layer(weights["third"], weights["third_bias"], second_seen.T, third)
    scores = product(third.T, weights["scores"])
    scores += prior * weights["prior"]  # in place, so that sums over labels come out the same however the prior lies in memory
    scores += weights["scores_bias"]
    return Activations(inputs, first.T, first_seen.T, second.T, likely, second_seen.T, third.T, scores)


def _layer(weights: Floats, bias: Floats, inputs: Floats, out: Floats) -> tuple[Floats, Floats]:
    """Put the units of a layer into the first rows of `out`; these, and the rest: units × blocks."""
    units = weights.shape[1]
    made, rest = out[:units], out[units:]
    multiply(inputs, weights, made)
    made += bias[:, None]
    np.maximum(made, LEAK * made, out=made)
    return made, rest


def layers_of(made: Activations) -> Layers:
    """What of the activations `own_gradients` reads."""
    return Layers(*(layer.T > 0 for layer in (made.first, made.second, made.third)))


def own_gradients(
    weights: Weights, layers: Layers, rows: NDArray[np.integer[Any]], labels: NDArray[np.integer[Any]]
) -> Gradients:
    """How the own inputs of the blocks `rows`, and their prior, move the score of their labels against the mean of all labels.

    Only the path through the block itself: what came from its surroundings is left out.
    """
    first, second = weights["first"].shape[1], weights["second"].shape[1]
    slopes = [slope(np.take(layer, rows, axis=1)) for layer in layers]  # units × blocks, as everything here
    centred = weights["scores"] - weights["scores"].mean(axis=1, keepdims=True)
    to_third = np.take(centred, labels, axis=1) * slopes[2]
    to_second = (weights["third"][:second] @ to_third) * slopes[1]
    to_first = (weights["second"][:first] @ to_second) * slopes[0]
    to_prior = np.eye(len(weights["prior"]), dtype=np.float32) - np.float32(1 / len(weights["prior"]))
    return Gradients(weights["first"], to_first, np.take(to_prior * weights["prior"][:, None], labels, axis=1))


def slope(bent: Floats | Flags) -> Floats:
    """How steep the non-linearity was where it gave `bent`, or where that was above zero."""
    result: Floats = np.maximum(bent > 0, LEAK)  # `where` takes ten times as long, one number at a time
    return result


def masses(likely: Floats, words: Floats, around: Surroundings) -> Floats:
    """Where the words of the article seem to lie: how many each container holds, how densely, and how many came before."""
    total = running(np.stack([likely * words, words]))
    whole = around.document.sums(total)
    all_words = whole[0] + 1
    columns = [whole[0] / (whole[1] + 1), np.log1p(whole[0]) / 8]
    for container in around.containers:
        held = container.sums(total)
        columns += [held[0] / all_words, held[0] / (held[1] + 1)]
    start = total[0, around.document.low][around.document.of_block]
    earlier = (total[0, :-1] - start) / all_words
    columns += [earlier, 1 - earlier]
    return np.stack(columns).astype(np.float32).T


def bend(values: Floats) -> Floats:
    """The layers' non-linearity."""
    result: Floats = np.maximum(values, LEAK * values)
    return result


def sigmoid(values: Floats) -> Floats:
    """Log-odds as a probability."""
    return (1 / (1 + np.exp(-np.clip(values, -30, 30)))).astype(np.float32)
