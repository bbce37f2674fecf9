from __future__ import annotations

import numpy as np
import pytest

from copydesk.label_names import LABELS
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.leads import LEAST_OF_PAGE, LEAST_OF_TEXT, leading
from copydesk.labels.rules.ruling import Ruled, Ruling

TITLE, STANDFIRST, RAIL, BODY = (LABELS.index(name) for name in ("title", "standfirst", "rail", "body"))
BAR = 0.45


def ruled(labels: list[int], likely: list[float], *, are_pages: bool = True, owner: list[int] | None = None) -> list[bool]:
    """Which blocks are kept; each has its label likeliest among those that are not kept, and is the article's own as likely as said."""
    chances = np.full((len(labels), len(LABELS)), 0.001, np.float32)
    chances[np.arange(len(labels)), labels] = 0.2
    chances[:, BODY] = likely
    bars = Bars(*np.full((2, len(labels)), BAR, np.float32))
    found = leading(
        Ruled(bars, np.zeros(len(labels), np.int8)),
        bars,
        chances,
        np.array(likely, np.float32),
        are_pages=np.full(len(labels), are_pages),
        owner=np.array(owner or [0] * len(labels)),
    )
    assert ((found.rulings == Ruling.LEAD) == (found.bars.own == 0)).all()
    kept: list[bool] = (np.array(likely, np.float32) > found.bars.own).tolist()
    return kept


@pytest.mark.parametrize(("are_pages", "least"), [(True, LEAST_OF_PAGE), (False, LEAST_OF_TEXT)])
def test_a_likely_lead_above_the_text_is_kept(are_pages: bool, least: float) -> None:
    labels = [TITLE, STANDFIRST, BODY, BODY]

    assert ruled(labels, [0.1, least + 0.02, 0.9, 0.9], are_pages=are_pages) == [False, True, True, True]
    assert ruled(labels, [0.1, least - 0.02, 0.9, 0.9], are_pages=are_pages) == [False, False, True, True]


def test_what_else_stands_there_is_not() -> None:
    assert ruled([TITLE, RAIL, BODY, BODY], [0.1, 0.4, 0.9, 0.9]) == [False, False, True, True]
    assert ruled([TITLE, TITLE, BODY, BODY], [0.4, 0.4, 0.9, 0.9]) == [False, False, True, True]


def test_nor_is_what_stands_in_the_text_or_below_it() -> None:
    labels = [TITLE, BODY, BODY, STANDFIRST, BODY, STANDFIRST]

    assert ruled(labels, [0.1, 0.9, 0.9, 0.4, 0.9, 0.4]) == [False, True, True, False, True, False]


def test_each_document_has_its_own_lead() -> None:
    labels = [TITLE, BODY, BODY, TITLE, STANDFIRST, BODY]

    assert ruled(labels, [0.1, 0.9, 0.9, 0.1, 0.4, 0.9], owner=[0, 0, 0, 1, 1, 1]) == [False, True, True, False, True, True]
