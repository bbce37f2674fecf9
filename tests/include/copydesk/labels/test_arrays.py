from __future__ import annotations

import numpy as np
import pytest

from copydesk.labels.arrays import before, distance, product, shift, whole, window

OWNER = np.array([0, 0, 0, 2, 2])
VALUES = np.array([1, 2, 4, 8, 16], np.float32)


def test_neighbours_stop_at_the_edge_of_a_document():
    assert shift(VALUES, 1, OWNER).tolist() == [2, 4, 0, 16, 0]
    assert shift(VALUES, -2, OWNER, empty=-1).tolist() == [-1, -1, 1, -1, -1]
    assert shift(VALUES, 9, OWNER).tolist() == [0] * 5


@pytest.mark.parametrize(("reach", "expected"), [(1, [2, 4, 0, 16, 0]), (4, [6, 4, 0, 16, 0]), (-4, [0, 1, 3, 0, 8])])
def test_a_stretch_beside_a_block_is_summed_up_without_the_block(reach, expected):
    assert window(VALUES, reach, OWNER).tolist() == expected


def test_what_stands_before_and_in_the_whole_document_is_summed_up():
    assert before(VALUES, OWNER).tolist() == [0, 1, 3, 0, 8]
    assert whole(VALUES, OWNER).tolist() == [7, 7, 7, 24, 24]


def test_the_nearest_hit_on_either_side_is_some_blocks_away():
    hits = np.array([True, False, True, False, True])
    assert distance(hits, OWNER, forward=False).tolist() == [np.inf, 1, 2, np.inf, np.inf]
    assert distance(hits, OWNER, forward=True).tolist() == [2, 1, np.inf, 1, np.inf]


def test_no_blocks_have_no_neighbours():
    none = np.zeros(0, np.float32)
    assert all(
        len(f) == 0 for f in (window(none, 4, np.zeros(0, int)), shift(none, 1, np.zeros(0, int)), before(none, np.zeros(0, int)))
    )


def test_inputs_that_no_block_has_are_left_out_of_a_product_and_change_nothing():
    chance = np.random.default_rng(7)
    weights = chance.normal(size=(40, 5)).astype(np.float32)
    for blocks in (1, 2, 17, 300, 1100):
        seen = chance.normal(size=(40, blocks)).astype(np.float32)
        seen[::3] = 0
        some = np.flatnonzero(np.arange(40) % 3)
        assert (product(seen.T, weights, some) == product(seen.T, weights)).all()
