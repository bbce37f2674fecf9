from __future__ import annotations

import numpy as np
import pytest

from copydesk.labels.networks.surroundings import surroundings

teacher = pytest.importorskip(
    "copydesk.labels.training.teacher", reason="LightGBM finds no OpenMP library (libgomp) on this machine", exc_type=OSError
)


@pytest.fixture
def material(segmented):
    """Four hundred texts of ten lines, of which the first six are the article, with an input that says so and another that does not."""
    blocks = segmented(*["\n".join("abcdefghij")] * 400).blocks
    rng = np.random.default_rng(0)
    truth = np.tile(np.arange(10) < 6, 400).astype(np.float32)
    slips = rng.random(4000) < 0.1
    return truth, teacher.Material(
        inputs=np.stack([truth + rng.normal(0, 0.2, 4000), rng.normal(0, 1, 4000)], axis=1).astype(np.float32),
        names=("is_sentence", "is_tiny"),
        words=np.full(4000, 10, np.float32),
        kept=np.where(slips, 1 - truth, truth),
        weight=np.ones(4000, np.float32),
        part=np.repeat(np.arange(400) % 2, 10),
        around=surroundings(blocks),
    )


def test_what_trees_say_of_other_sites_corrects_slips_of_the_gold(material):
    truth, told = material
    found = teacher.mixed(told.kept, teacher.judged(told, seed=1))
    slips = told.kept != truth
    assert ((found > 0.5) == truth)[slips].mean() > 0.8
    assert ((found > 0.5) == truth)[~slips].mean() > 0.99


def test_the_same_seed_judges_the_same(material):
    _, told = material
    assert np.array_equal(teacher.judged(told, seed=3), teacher.judged(told, seed=3))


def test_what_trees_say_nothing_of_is_as_the_gold_has_it():
    found = teacher.mixed(np.array([1, 1], np.float32), np.array([np.nan, 0], np.float32))
    assert found.tolist() == pytest.approx([1, 1 - teacher.SHARE])
