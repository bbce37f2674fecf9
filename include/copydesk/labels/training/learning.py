"""Learning the network's weights: gradients through its layers, and Adam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from copydesk.label_names import IS_KEPT, LABELS
from copydesk.labels.arrays import Floats, Ints, moved
from copydesk.labels.networks.hand_set import log_softmax
from copydesk.labels.networks.network import VIEWED, Activations, Weights, forward, slope
from copydesk.labels.networks.surroundings import STEPS, Range, Surroundings

DECAY = 0.03  # share of the weights lost in a step, times its rate
DROPPED = 0.15  # share of inputs withheld in training
ASIDE = 0.5  # weight of the second layer's own guess in the loss


class Batch(NamedTuple):
    """Blocks of whole documents with what they ought to be."""

    inputs: Floats
    prior: Floats
    words: Floats
    truth: Floats  # blocks × labels: probability of each
    weight: Floats
    around: Surroundings


class Backward:
    """Views of one batch, the other way round: what each block receives from those that look at it."""

    def __init__(self, around: Surroundings) -> None:
        self.owner: Ints = around.owner
        self.spreads = [_spread(seen, len(around.owner)) for seen in around.ranges]

    def __call__(self, gradient: Floats, width: int) -> Floats:
        """Gradient by unit of a layer of so many, from the gradient by what the next one reads of it: itself and its views."""
        total = gradient[:, :width].copy()
        viewed, views = min(VIEWED, width), len(STEPS) + len(self.spreads)
        parts = gradient[:, width : width + views * viewed].reshape(len(gradient), views, viewed)
        for place, step in enumerate(STEPS):
            received = np.zeros((len(gradient), viewed), np.float32)
            moved(parts[:, place].T, -step, self.owner, received.T)
            total[:, :viewed] += received
        steps = np.zeros((len(gradient) + 1, viewed), np.float32)
        for place, spread in enumerate(self.spreads, len(STEPS)):
            steps += spread @ np.ascontiguousarray(parts[:, place])
        total[:, :viewed] += np.cumsum(steps, axis=0)[:-1]
        return total


def _spread(seen: Range, count: int) -> csr_matrix:
    """Turns gradients of means into the steps of which each block's gradient is the running sum."""
    groups = len(seen.low)
    share = (1 / np.maximum(seen.size, 1))[seen.of_block]
    gather = csr_matrix((share.astype(np.float32), (seen.of_block, np.arange(count))), (groups, count))
    index, ones = np.arange(groups), np.ones(groups, np.float32)
    edges = csr_matrix((np.r_[ones, -ones], (np.r_[seen.low, seen.high], np.r_[index, index])), (count + 1, groups))
    return (edges @ gather).tocsr()


def initial(inputs: int, around: Surroundings, widths: tuple[int, int, int], rng: np.random.Generator) -> Weights:
    """Random weights, scaled so that signals neither grow nor fade; the prior counts half from the start."""
    first, second, third = widths
    views = len(STEPS) + len(around.ranges)
    masses = 4 + 2 * len(around.containers)

    def layer(rows: int, columns: int, gain: float = 1.4) -> Floats:
        result: Floats = (rng.standard_normal((rows, columns)) * gain / np.sqrt(rows)).astype(np.float32)
        return result

    return {
        "first": layer(inputs, first),
        "first_bias": np.zeros(first, np.float32),
        "second": layer(first + min(VIEWED, first) * views, second),
        "second_bias": np.zeros(second, np.float32),
        "likely": layer(second, 1, 0.5),
        "likely_bias": np.zeros(1, np.float32),
        "third": layer(second + min(VIEWED, second) * views + masses, third),
        "third_bias": np.zeros(third, np.float32),
        "scores": layer(third, len(LABELS), 0.5),
        "scores_bias": np.zeros(len(LABELS), np.float32),
        "prior": np.full(len(LABELS), 0.5, np.float32),
    }


def gradients(weights: Weights, batch: Batch, back: Backward, rng: np.random.Generator) -> tuple[float, Weights]:
    """Loss of a batch and its gradient by weight, with some inputs withheld."""
    inputs = np.where(rng.random(batch.inputs.shape, np.float32) < DROPPED, np.float32(0), batch.inputs / np.float32(1 - DROPPED))
    made = forward(weights, inputs, batch.prior, batch.words, batch.around)
    log_p = log_softmax(made.scores)
    kept = (batch.truth @ IS_KEPT)[:, None]
    weight = batch.weight[:, None]
    loss = -float((batch.truth * log_p * weight).sum())
    to_scores = (np.exp(log_p) - batch.truth) * weight
    to_likely = (made.likely - kept) * weight * np.float32(ASIDE)
    return loss, _through(weights, batch.prior, made, back, (to_scores, to_likely))


def _through(weights: Weights, prior: Floats, made: Activations, back: Backward, errors: tuple[Floats, Floats]) -> Weights:
    """From the scores and the second layer's own guess back to the inputs; the masses are taken as given."""
    to_scores, to_likely = errors
    to_third = to_scores @ weights["scores"].T * slope(made.third)
    seen = np.asarray(to_third @ weights["third"].T, np.float32)
    to_second = (back(seen, made.second.shape[1]) + to_likely @ weights["likely"].T) * slope(made.second)
    seen = np.asarray(to_second @ weights["second"].T, np.float32)
    to_first = back(seen, made.first.shape[1]) * slope(made.first)
    return {
        "scores": made.third.T @ to_scores,
        "scores_bias": to_scores.sum(0),
        "prior": (to_scores * prior).sum(0),
        "third": made.second_seen.T @ to_third,
        "third_bias": to_third.sum(0),
        "likely": made.second.T @ to_likely,
        "likely_bias": to_likely.sum(0),
        "second": made.first_seen.T @ to_second,
        "second_bias": to_second.sum(0),
        "first": made.inputs.T @ to_first,
        "first_bias": to_first.sum(0),
    }


@dataclass(slots=True)
class Adam:
    """The optimiser: steps scaled by the gradients' running size, and decay of matrices."""

    weights: Weights
    mean: Weights
    square: Weights
    steps: int = 0
    decay: float = DECAY

    def step(self, found: Weights, rate: float) -> None:
        """Move every weight against its gradient."""
        self.steps += 1
        for name, gradient in found.items():
            self.mean[name] += np.float32(0.1) * (gradient - self.mean[name])
            self.square[name] += np.float32(0.005) * (gradient * gradient - self.square[name])
            mean = self.mean[name] / (1 - 0.9**self.steps)
            size = np.sqrt(self.square[name] / (1 - 0.995**self.steps)) + 1e-8
            self.weights[name] -= np.float32(rate) * (mean / size).astype(np.float32)
            if self.weights[name].ndim == 2:
                self.weights[name] *= np.float32(1 - rate * self.decay)


def learn(batches: Sequence[Batch], widths: tuple[int, int, int], passes: int, rate: float, seed: int) -> Weights:
    """Weights learned in so many passes over the batches, in an order that `seed` fixes."""
    rng = np.random.default_rng(seed)
    weights = initial(batches[0].inputs.shape[1], batches[0].around, widths, rng)
    zeros = {name: np.zeros_like(value) for name, value in weights.items()}
    adam = Adam(weights, zeros, {name: value.copy() for name, value in zeros.items()})
    backs = [Backward(batch.around) for batch in batches]
    total = passes * len(batches)
    for _ in range(passes):
        for index in rng.permutation(len(batches)):
            progress = adam.steps / total
            warm = min(1.0, adam.steps / 50)
            _, found = gradients(weights, batches[index], backs[index], rng)
            adam.step(found, rate * warm * (0.5 + 0.5 * float(np.cos(np.pi * progress))))
    return weights


def on_raw_inputs(weights: Weights, mean: Floats, scale: Floats) -> Weights:
    """The same network for inputs that are not standardised."""
    first = weights["first"] * scale[:, None]
    return weights | {"first": first, "first_bias": weights["first_bias"] - mean @ first}
