from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.favor import FAVORS, Favor
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.favor import LEAST_LEFT, favored
from copydesk.labels.rules.ruling import Ruled, Ruling

CHANCES = st.lists(st.floats(0, 1, width=16), min_size=1, max_size=12)
BAR, WORDS = 0.4, 10.0


def moved(documents: list[list[float]], favor: Favor, fields: frozenset[int] = frozenset()) -> tuple[list[bool], Ruled]:
    """Which blocks of the documents are kept, given how likely each is, and what was ruled."""
    likely = np.array([chance for document in documents for chance in document], np.float32)
    owner = np.repeat(np.arange(len(documents)), list(map(len, documents)))
    bars, words = Bars(*np.full((2, len(likely)), BAR, np.float32)), np.full(len(likely), WORDS, np.float32)
    found = favored(bars, likely, words, owner, favor, are_fields=lambda: np.isin(np.arange(len(likely)), list(fields)))
    return (likely > found.bars.own).tolist(), found


def test_what_is_in_doubt_goes_out_or_comes_in_and_says_why() -> None:
    document = [0.9, 0.55, 0.3, 0.05]

    assert moved([document], "balance")[0] == [True, True, False, False]
    kept, ruled = moved([document], "precision")
    assert (kept, ruled.rulings.tolist()) == ([True, False, False, False], [0, Ruling.PRECISION, 0, 0])
    kept, ruled = moved([document], "recall")
    assert (kept, ruled.rulings.tolist()) == ([True, True, True, False], [0, 0, Ruling.RECALL, 0])


def test_a_title_or_a_caption_does_not_come_in() -> None:
    assert moved([[0.9, 0.3, 0.3]], "recall", fields=frozenset({1}))[0] == [True, False, True]


def test_where_there_is_no_article_nothing_comes_in() -> None:
    assert not any(moved([[0.39, 0.3, 0.2]], "recall")[0])


def test_an_article_that_is_in_doubt_as_a_whole_is_not_lost_and_others_are_not_spared_for_it() -> None:
    assert moved([[0.55, 0.5, 0.5], [0.9, 0.9, 0.5]], "precision")[0] == [True, True, True, True, True, False]


@given(st.lists(CHANCES, min_size=1, max_size=4))
def test_precision_keeps_less_than_balance_and_recall_more(documents: list[list[float]]) -> None:
    kept = {favor: np.array(moved(documents, favor)[0]) for favor in FAVORS}

    assert not (kept["precision"] & ~kept["balance"]).any()
    assert not (kept["balance"] & ~kept["recall"]).any()
    ends = np.cumsum([len(document) for document in documents])[:-1]
    for left, before in zip(np.split(kept["precision"], ends), np.split(kept["balance"], ends), strict=True):
        assert left.sum() >= LEAST_LEFT * before.sum()


@given(CHANCES)
def test_in_balance_nothing_moves(document: list[float]) -> None:
    _, ruled = moved([document], "balance")

    assert not ruled.rulings.any()
    assert np.all(ruled.bars.own == np.float32(BAR))
