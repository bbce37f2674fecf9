from __future__ import annotations

import numpy as np
import pytest

from copydesk.label_names import LABELS
from copydesk.labels.networks.bars import BARS, USUAL, scores
from copydesk.labels.networks.surroundings import surroundings
from copydesk.labels.training import bars as training
from copydesk.labels.training.bars import Exam, examined, gradients, learn_bars
from copydesk.labels.training.learning import Batch, initial

TRAITS = 3


@pytest.fixture
def exam() -> Exam:
    """Documents whose first trait tells whether the lowest bar or the highest is best."""
    rng = np.random.default_rng(0)
    levels = len(BARS["html"])
    is_high = rng.random(200) < 0.5
    found = rng.normal(0, 1, (200, levels, TRAITS)).astype(np.float32)
    place = np.linspace(-1, 1, levels, dtype=np.float32)
    found[:, :, 0] = np.where(is_high[:, None], place, -place)
    return Exam(found, (0.8 + 0.1 * found[:, :, 0]).astype(np.float32))


@pytest.fixture
def of_three_traits(monkeypatch):
    monkeypatch.setattr(
        training, "_nothing", lambda form: Exam(np.zeros((0, 8, TRAITS), np.float32), np.zeros((0, 8), np.float32))
    )


@pytest.mark.usefixtures("of_three_traits")
def test_the_bar_is_learned_that_gives_the_best_f1(exam):
    chosen = scores(exam.traits, learn_bars([exam], "html", seed=1)).argmax(axis=1)
    assert (exam.f1[np.arange(200), chosen] == exam.f1.max(axis=1)).mean() > 0.95


@pytest.mark.usefixtures("of_three_traits")
def test_the_same_seed_learns_the_same(exam):
    one, two = (learn_bars([exam], "html", seed=1) for _ in range(2))
    assert all(np.array_equal(one[name], two[name]) for name in one)


def test_with_nothing_to_learn_from_the_usual_bar_is_chosen():
    weights = learn_bars([], "text", seed=1)
    found = np.random.default_rng(0).normal(0, 1, (5, 8, len(weights["mean"]))).astype(np.float32)
    assert (scores(found, weights).argmax(axis=1) == USUAL).all()


@pytest.mark.parametrize("name", ["first", "first_bias", "last", "last_bias"])
def test_gradients_are_those_of_the_f1_that_is_expected(exam, name):
    rng = np.random.default_rng(1)
    shapes = {"first": (TRAITS, 4), "first_bias": (4,), "last": (4, 1), "last_bias": (8,)}
    weights = {key: rng.normal(0, 0.3, shape).astype(np.float32) for key, shape in shapes.items()}
    found = gradients(weights, exam)[name]
    place = np.unravel_index(1, weights[name].shape)
    before, losses = float(weights[name][place]), []
    for step in (1e-2, -1e-2):
        weights[name][place] = before + step
        drawn = np.exp(_scores(exam, weights) / training.SOFTNESS)
        drawn /= drawn.sum(axis=1, keepdims=True)
        losses.append(-training.STAKE * float((drawn * exam.f1).sum()))
    assert (losses[0] - losses[1]) / 2e-2 == pytest.approx(float(found[place]), rel=0.05, abs=0.05)


def _scores(exam: Exam, weights: dict[str, np.ndarray]) -> np.ndarray:
    seen = exam.traits.astype(np.float64) @ weights["first"] + weights["first_bias"]
    return (np.maximum(seen, 0.05 * seen) @ weights["last"])[:, :, 0] + weights["last_bias"]


def test_a_document_is_examined_where_the_gold_knows_its_text(segmented):
    blocks = segmented("a\nb\nc", "d\ne").blocks
    around, count = surroundings(blocks), len(LABELS)
    prior = np.full((5, count), -9, np.float32)
    prior[:, LABELS.index("rail")] = [-9, -9, 0, 0, 0]
    prior[:, LABELS.index("body")] = [0, 0, -9, -9, 0]
    weights = {name: np.zeros_like(value) for name, value in initial(2, around, (4, 4, 4), np.random.default_rng(0)).items()}
    weights["prior"][:] = 1
    words = np.array([10, 10, 10, 10, 10], np.float32)
    batch = Batch(np.zeros((5, 2), np.float32), prior, words, np.zeros((5, count), np.float32), np.ones(5, np.float32), around)
    unknown = examined(batch, np.full(5, np.nan, np.float32), weights, "text")
    assert len(unknown.f1) == 0
    known = examined(batch, np.array([1, 0, 0, np.nan, np.nan], np.float32), weights, "text")
    assert known.f1.shape == (1, 8)
    assert np.allclose(known.f1, 2 / 3, atol=1e-3)
