from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from copydesk.curate.copies import is_copy
from copydesk.curate.likeness import likeness, overlap
from copydesk.curate.sketches import sketch

MATCH = """{0} beat {1} {6}-{7} on {2} evening in front of a crowd of {8} to move up in the table. The first goal came when {3} shot
low from the edge of the area and gave the goalkeeper no chance. The visitors had the better of the first half and should have been
level when {4} headed over the bar from six yards. The manager, {5}, said that his side had known it would be a tough game, and that
the lads were magnificent from start to finish in minute {9} and in every other."""
ONE = ("Keldburn", "Merrowby", "Monday", "Hartwick", "Isenberg", "Foxglen", "2", "1", "4120", "17")
OTHER = ("Norwick", "Limeport", "Friday", "Eskdale", "Ormsgate", "Lowenfell", "3", "0", "9077", "81")


def compared(one: str, other: str) -> Any:
    table = sketch(pa.chunked_array([pa.array([[one], [other]])]))
    return likeness(table, np.array([0]), np.array([1]))


def test_a_report_with_every_fifth_word_changed_is_a_copy() -> None:
    text = MATCH.format(*ONE)
    edited = " ".join("rather" if n % 10 == 7 else word for n, word in enumerate(text.split()))
    found = compared(text, edited)
    assert found.text.containment[0] < 0.8
    assert is_copy(found)[0]


def test_another_match_in_the_same_words_is_no_copy() -> None:
    found = compared(MATCH.format(*ONE), MATCH.format(*OTHER))
    assert found.text.containment[0] > 0.4
    assert not found.same_facts[0]
    assert not is_copy(found)[0]


@pytest.mark.parametrize("kept", [8, 1000])
def test_overlap_counts_what_both_lists_have_as_far_as_both_are_known(kept: int) -> None:
    lists = pa.chunked_array([pa.array([list(range(0, 16, 2)), list(range(0, 24, 3)), []], pa.list_(pa.uint32()))])
    found = overlap(lists, np.array([0, 0]), np.array([1, 2]), kept)
    # The first list may go on after 14 where it is cut to eight: what the second has beyond is not compared.
    assert found.shared.tolist() == [3, 0]
    assert found.smaller.tolist() == [5 if kept == 8 else 8, 0]
