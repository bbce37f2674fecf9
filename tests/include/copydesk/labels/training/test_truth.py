from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from copydesk.label_names import LABELS
from copydesk.labels.training.gold import lesson
from copydesk.labels.training.sequence import by_hand
from copydesk.labels.training.truth import Truth, truth, untold

TITLE = "Harbour wall closed to walkers"
PARAGRAPHS = [
    "The harbour wall at Wrenmouth will be closed to walkers until spring, after a winter storm tore forty stones out of its crown.",
    "Masons need dry weather and a low tide at once, which the almanac promises on nine days before Easter, the council said.",
    "Anglers have asked for a ladder on the sheltered side. The council will answer them in the first week of March.",
]
PROMO = "Sign up to our newsletter for more from the harbour every Friday."
EMPTY = dict.fromkeys(("url", "crawl_date", "body", "body_required", "title", "captions", "with", "without"))


@pytest.fixture
def learned_from():
    """The truth of one text, with its gold."""

    def run(lines: list[str], **gold: Any) -> Truth:
        rows = [{**EMPTY, "id": "a", "text_full": "\n".join(lines), **gold}]
        found = lesson("set", "text_full", rows)
        return truth(found, by_hand(found))

    return run


def likeliest(found: Truth) -> list[str]:
    return [LABELS[i] for i in found.labels.argmax(axis=1)]


def test_the_gold_decides_what_is_text_and_what_is_not(learned_from):
    found = learned_from([TITLE, *PARAGRAPHS[:2], PROMO, PARAGRAPHS[2]], title=TITLE, body="\n\n".join(PARAGRAPHS))
    assert found.kept.tolist() == [0, 1, 1, 0, 1]
    assert likeliest(found)[:3] == ["title", "body", "body"]


def test_a_title_that_opens_the_gold_is_still_a_title(learned_from):
    found = learned_from([TITLE, *PARAGRAPHS], body="\n\n".join([TITLE, *PARAGRAPHS]))
    assert likeliest(found)[0] == "title"


def test_optional_paragraphs_teach_nothing(learned_from):
    found = learned_from([TITLE, *PARAGRAPHS], body="\n\n".join(PARAGRAPHS), body_required="\n\n".join(PARAGRAPHS[1:]))
    assert found.weight[1] == 0
    assert found.weight[2] > 0


def test_a_page_that_is_not_the_golds_teaches_nothing(learned_from):
    found = learned_from([TITLE, *PARAGRAPHS], body="Otters were seen below the mill on Tuesday by four anglers and a dog. " * 20)
    assert not found.weight.any()


def test_snippets_tell_of_their_own_lines_alone(learned_from):
    found = learned_from([TITLE, *PARAGRAPHS, PROMO], **{"with": ["forty stones"], "without": ["our newsletter"]})
    assert found.kept[1] == 1
    assert found.kept[4] == 0
    assert np.isnan(found.kept[[0, 2, 3]]).all()


LEAD = "The harbour wall at Wrenmouth is closed until spring, and anglers want a ladder."
PAGE = (
    '<html><body><article><h1>{title}</h1><p class="lead standfirst">{lead}</p>{rest}</article></body></html>',
    "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS),
)


@pytest.mark.parametrize(("opening", "is_apart"), [([LEAD], False), ([], True)])
def test_what_a_page_calls_its_lead_is_text_where_the_gold_begins_with_it(opening, is_apart):
    html = PAGE[0].format(title=TITLE, lead=LEAD, rest=PAGE[1])
    rows = [{**EMPTY, "id": "a", "html": html.encode(), "title": TITLE, "body": "\n\n".join([*opening, *PARAGRAPHS])}]
    found = lesson("set", "html", rows)
    known = truth(found, by_hand(found))
    at = found.texts.index(LEAD)
    assert (likeliest(known)[at] == "standfirst") == is_apart
    assert known.kept[at] == (0 if is_apart else 1)


def test_a_page_without_gold_is_worth_what_trees_say_of_it():
    rows = [
        {**EMPTY, "id": "told", "text_full": "\n".join(PARAGRAPHS), "body": "\n\n".join(PARAGRAPHS)},
        {**EMPTY, "id": "untold", "text_full": "\n".join([TITLE, *PARAGRAPHS])},
    ]
    weight = untold(lesson("set", "text_full", rows), np.array([1, 1, 1, np.nan, 0.9, 0.9, 0.1], np.float32))
    assert not weight[:4].any()
    assert (weight[4:] > 0).all()
