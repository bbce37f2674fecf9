from __future__ import annotations

import numpy as np

from copydesk.labels.texts.lookup import Lookup


def test_keys_are_found_in_their_places_and_others_are_not():
    keys = np.random.default_rng(1).integers(1, 1 << 63, 5_000).astype(np.uint64)
    lookup = Lookup.of(keys[:4_000])
    assert lookup.find(keys[:4_000]).tolist() == list(range(4_000))
    assert not lookup.holds(keys[4_000:]).any()


def test_keys_that_begin_alike_are_told_apart():
    keys = np.arange(1, 40, dtype=np.uint64)
    assert Lookup.of(keys).find(np.arange(60, dtype=np.uint64) + np.uint64(1)).tolist() == [*range(39), *[-1] * 21]


def test_of_equal_keys_one_is_found():
    assert Lookup.of(np.array([7, 9, 7], np.uint64)).find(np.array([7], np.uint64))[0] in (0, 2)


def test_nothing_is_found_among_no_keys():
    assert not Lookup.of(np.zeros(0, np.uint64)).holds(np.array([1], np.uint64)).any()


def test_hits_are_the_keys_that_are_known_with_their_places():
    keys = np.random.default_rng(2).integers(1, 1 << 63, 5_000).astype(np.uint64)
    asked = keys[::-1]
    rows, places = Lookup.of(keys[:1_000]).hits(asked)
    assert rows.tolist() == list(range(4_000, 5_000))
    assert (keys[places] == asked[rows]).all()
