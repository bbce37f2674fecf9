from __future__ import annotations

import pytest

from copydesk.labels.training.evaluation import compare, shingles, summarise


def test_the_same_text_has_full_marks_and_another_none():
    gold = [shingles("one two three four five")]
    assert compare(gold, "one two three four five") == (1, 1)
    assert compare(gold, "six seven eight nine") == (0, 0)


def test_what_is_too_much_costs_precision_and_what_lacks_recall():
    gold = [shingles("one two three four five")]
    assert compare(gold, "one two three four five six seven") == (0.5, 1)
    assert compare(gold, "one two three four") == (1, 0.5)


def test_the_better_of_two_golds_counts():
    golds = [shingles("one two three four five six"), shingles("one two three four")]
    assert compare(golds, "one two three four") == (1, 1)


def test_f1_is_of_the_means():
    score = summarise([(1.0, 1.0), (0.5, 1.0)])
    assert score.precision == 0.75
    assert score.f1 == pytest.approx(2 * 0.75 / 1.75)
    assert score.tenth == pytest.approx(2 / 3)
