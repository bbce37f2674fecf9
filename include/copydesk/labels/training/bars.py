"""Learn which bar suits a document, by the f1 that each gave where the network that judged its blocks had not seen its site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from copydesk.label_names import IS_KEPT
from copydesk.labels.arrays import Floats
from copydesk.labels.networks.bars import BARS, USUAL, standardised, traits, usual
from copydesk.labels.networks.hand_set import log_softmax
from copydesk.labels.networks.network import Weights, bend, forward, slope
from copydesk.labels.training.learning import Adam, Batch

UNITS = 16
NETWORKS = 3  # joined into one
PASSES = 40
RATE, DECAY = 0.003, 1.0
DROPPED = 0.2  # share of traits withheld in training
SOFTNESS = 0.2  # of the choice between bars while it is learned
STAKE = 10.0  # f1 differs by hundredths
BATCH = 64  # documents
LEAST_SPREAD = 0.02
BIAS = 0.01  # towards the usual bar from the start


class Exam(NamedTuple):
    """Documents whose blocks were judged by a network that had not seen their sites."""

    traits: Floats  # documents × bars × traits
    f1: Floats  # documents × bars


def _nothing(form: str) -> Exam:
    """Of no documents."""
    one = np.ones(1, np.float32)
    return Exam(traits(one, one, np.zeros(1, np.int64), form)[:0], np.zeros((0, len(BARS[form])), np.float32))


def examined(batch: Batch, gold: Floats, weights: Weights, form: str) -> Exam:
    """What each bar makes of the documents of a batch; `gold` is the share of each block that is the article's, NaN where not known."""
    made = forward(weights, batch.inputs, batch.prior, batch.words, batch.around)
    likely: Floats = np.exp(log_softmax(made.scores)) @ IS_KEPT
    owner, starts = batch.around.owner, batch.around.document.low
    told = np.where(np.isnan(gold), 0, batch.words)
    wanted = told * np.nan_to_num(gold)
    kept = likely[:, None] > BARS[form]
    hit, held = (np.add.reduceat(kept * share[:, None], starts) for share in (wanted, told))
    whole = np.add.reduceat(wanted, starts)
    f1 = 2 * hit / (held + whole[:, None] + 1e-6)
    counted = (whole > 0) & (usual(likely, owner, form) == BARS[form][USUAL])
    return Exam(traits(likely, batch.words, owner, form)[counted], f1[counted].astype(np.float32))


def learn_bars(exams: Sequence[Exam], form: str, seed: int) -> Weights:
    """Weights for `bars.scores`; where there is nothing to learn from, those that choose the usual bar."""
    found = np.concatenate([_nothing(form).traits, *(exam.traits for exam in exams)])
    f1 = np.concatenate([_nothing(form).f1, *(exam.f1 for exam in exams)])
    count = found.shape[2]
    flat = found.reshape(-1, count) if len(found) else np.zeros((1, count), np.float32)
    mean, scale = flat.mean(axis=0), 1 / (flat.std(axis=0) + np.float32(LEAST_SPREAD))
    scaled = standardised(found, {"mean": mean, "scale": scale})
    parts = [_learn(Exam(scaled, f1), np.random.default_rng(seed + i)) for i in range(NETWORKS)]
    return {
        "mean": mean,
        "scale": scale,
        "first": np.concatenate([part["first"] for part in parts], axis=1),
        "first_bias": np.concatenate([part["first_bias"] for part in parts]),
        "last": np.concatenate([part["last"] for part in parts]) / np.float32(NETWORKS),
        "last_bias": np.mean([part["last_bias"] for part in parts], axis=0, dtype=np.float32),
    }


def _learn(exam: Exam, rng: np.random.Generator) -> Weights:
    """One network, from scaled traits."""
    documents, levels, count = exam.traits.shape
    weights = {
        "first": (rng.standard_normal((count, UNITS)) * 1.4 / np.sqrt(count)).astype(np.float32),
        "first_bias": np.zeros(UNITS, np.float32),
        "last": np.zeros((UNITS, 1), np.float32),
        "last_bias": np.where(np.arange(levels) == USUAL, np.float32(BIAS), np.float32(0)),
    }
    zeros = {name: np.zeros_like(value) for name, value in weights.items()}
    adam = Adam(weights, zeros, {name: value.copy() for name, value in zeros.items()}, decay=DECAY)
    steps = PASSES * len(range(0, documents, BATCH))
    for _ in range(PASSES):
        order = rng.permutation(documents)
        for first in range(0, documents, BATCH):
            rows = order[first : first + BATCH]
            seen = exam.traits[rows] * ((rng.random((len(rows), 1, count)) >= DROPPED) / (1 - DROPPED)).astype(np.float32)
            adam.step(gradients(weights, Exam(seen, exam.f1[rows])), RATE * (1 - adam.steps / steps))
    return weights


def gradients(weights: Weights, exam: Exam) -> Weights:
    """Of the f1 that is lost where a bar is drawn by the softened scores, by weight."""
    seen = bend(exam.traits @ weights["first"] + weights["first_bias"])
    scores = ((seen @ weights["last"])[:, :, 0] + weights["last_bias"]) / SOFTNESS
    drawn = np.exp(log_softmax(scores))
    expected = (drawn * exam.f1).sum(axis=1, keepdims=True)
    to_scores = drawn * (expected - exam.f1) * np.float32(STAKE / SOFTNESS)
    to_seen = to_scores[:, :, None] * weights["last"][:, 0] * slope(seen)
    flat = exam.traits.reshape(-1, exam.traits.shape[2])
    return {
        "first": flat.T @ to_seen.reshape(len(flat), -1),
        "first_bias": to_seen.sum(axis=(0, 1)),
        "last": seen.reshape(len(flat), -1).T @ to_scores.reshape(-1, 1),
        "last_bias": to_scores.sum(axis=0),
    }
