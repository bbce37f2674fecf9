from __future__ import annotations

import numpy as np

from copydesk.labels.networks.surroundings import STEPS, running, surroundings


def views(parts, values):
    column = np.array(values, np.float32)[:, None]
    return surroundings(parts.blocks).views(column)


def test_neighbours_end_at_the_edge_of_a_document(segmented):
    seen = views(segmented("a\nb", "c\nd"), [1, 2, 4, 8])
    after = STEPS.index(1)
    assert seen[:, after].tolist() == [2, 0, 8, 0]


def test_stretches_are_counted_on_both_sides_without_the_block_itself(segmented):
    seen = views(segmented("a\nb\nc"), [8, 16, 24])
    assert seen[:, len(STEPS)].tolist() == [0, 1, 3]
    assert seen[:, 1 + len(STEPS)].tolist() == [5, 3, 0]


def test_a_container_holds_what_lies_in_the_containers_below_it(segmented):
    parts = segmented("<body><div><p>a</p><blockquote><p>b</p></blockquote><p>c</p></div><p>d</p></body>")
    nearest = views(parts, [3, 6, 9, 100])[:, 2 + len(STEPS)]
    assert nearest[[0, 2]].tolist() == [6, 6]
    assert nearest[1] == 6


def test_a_text_sees_no_containers_but_its_document(segmented):
    seen = views(segmented("a\nb", "c"), [1, 3, 5])
    assert seen[:, len(STEPS) + 2 :].tolist() == [[2], [2], [5]]


def test_nothing_is_seen_where_there_are_no_blocks(segmented):
    assert surroundings(segmented("").blocks).views(np.zeros((0, 4), np.float32)).shape[0] == 0


def test_stretches_reach_as_far_as_the_ranges_that_training_goes_back_through(segmented):
    parts = segmented("\n".join(f"line {n}" for n in range(30)), "a\nb\nc", "\n".join(f"other {n}" for n in range(9)))
    around = surroundings(parts.blocks)
    values = np.random.default_rng(7).random((parts.blocks.num_rows, 3), np.float32)
    seen = around.views(values)
    for place, reached in enumerate(around.ranges, len(STEPS)):
        expected = np.empty_like(values.T)
        reached.means(running(values.T), expected)
        assert np.allclose(seen[:, 3 * place : 3 * place + 3], expected.T, atol=1e-6)
