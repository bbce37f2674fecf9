from __future__ import annotations

import numpy as np
import pytest

from copydesk.label_names import LABELS
from copydesk.labels.networks.hand_set import log_softmax
from copydesk.labels.networks.network import forward
from copydesk.labels.networks.surroundings import surroundings
from copydesk.labels.training import learning
from copydesk.labels.training.learning import Backward, Batch, gradients, initial, learn, on_raw_inputs

MASSES = 4  # of texts
BODY, RAIL = LABELS.index("body"), LABELS.index("rail")


@pytest.fixture
def batch(segmented) -> Batch:
    """Two texts of which the first three lines are body, and an input that says so, though not quite."""
    blocks = segmented("a\nb\nc\nd\ne", "f\ng\nh\ni").blocks
    is_body = np.array([1, 1, 1, 0, 0, 1, 1, 1, 0])
    rng = np.random.default_rng(0)
    truth = np.zeros((9, len(LABELS)), np.float32)
    truth[np.arange(9), np.where(is_body, BODY, RAIL)] = 1
    inputs = np.stack([is_body + rng.normal(0, 0.3, 9), rng.normal(0, 1, 9)], axis=1).astype(np.float32)
    prior = np.full((9, len(LABELS)), -np.log(len(LABELS)), np.float32)
    return Batch(inputs, prior, np.full(9, 10, np.float32), truth, np.ones(9, np.float32), surroundings(blocks))


@pytest.mark.parametrize("name", ["first", "first_bias", "second", "third", "third_bias", "scores", "prior"])
def test_gradients_are_those_of_the_loss(batch, monkeypatch, name):
    monkeypatch.setattr(learning, "DROPPED", 0.0)
    monkeypatch.setattr(learning, "ASIDE", 0.0)
    weights = initial(2, batch.around, (4, 4, 4), np.random.default_rng(1))
    weights["third"][-MASSES:] = 0  # taken as given by the gradient, so they must not move the loss
    back, rng = Backward(batch.around), np.random.default_rng(2)
    _, found = gradients(weights, batch, back, rng)
    place = np.unravel_index(1, weights[name].shape)
    before = float(weights[name][place])
    losses = []
    for step in (2e-3, -2e-3):
        weights[name][place] = before + step
        losses.append(gradients(weights, batch, back, rng)[0])
    assert (losses[0] - losses[1]) / 4e-3 == pytest.approx(float(found[name][place]), rel=0.02, abs=5e-3)


def test_learning_lessens_the_loss(batch):
    rng, back = np.random.default_rng(0), Backward(batch.around)
    first = gradients(initial(2, batch.around, (4, 4, 4), np.random.default_rng(1)), batch, back, rng)[0]
    last = gradients(learn([batch], (4, 4, 4), 150, 0.01, 1), batch, back, rng)[0]
    assert last < first / 3


def test_the_same_seed_learns_the_same(batch):
    one, two = (learn([batch, batch], (4, 4, 4), 5, 0.01, 7) for _ in range(2))
    assert all(np.array_equal(one[name], two[name]) for name in one)


def test_a_network_for_raw_inputs_says_what_the_one_for_standardised_inputs_says(batch):
    weights = initial(2, batch.around, (4, 4, 4), np.random.default_rng(1))
    mean, scale = np.array([0.5, -2.0], np.float32), np.array([3.0, 0.1], np.float32)
    around = (batch.prior, batch.words, batch.around)
    expected = forward(weights, (batch.inputs - mean) * scale, *around).scores
    found = forward(on_raw_inputs(weights, mean, scale), batch.inputs, *around).scores
    assert np.allclose(log_softmax(found), log_softmax(expected), atol=1e-4)
