from __future__ import annotations

import numpy as np
import pytest

from copydesk.label_names import LABELS
from copydesk.labels.decoding import choose
from copydesk.labels.networks.bars import belonging


@pytest.fixture
def chosen():
    """Labels of lines, given as chances by label, of one document unless `owner` says otherwise."""

    def run(*lines: dict[str, float], owner: list[int] | None = None, bar: float = 0.45) -> list[str]:
        chances = np.array([[line.get(label, 0) for label in LABELS] for line in lines], np.float32).reshape(-1, len(LABELS))
        owners = np.array(owner or [0] * len(lines), np.int64)
        return [LABELS[i] for i in choose(chances, owners, belonging(chances) > bar)]

    return run


def test_what_likely_belongs_to_the_article_gets_one_of_its_labels(chosen):
    assert chosen({"body": 0.3, "quote": 0.25, "rail": 0.45}) == ["body"]


def test_a_lower_bar_keeps_more(chosen):
    lines = [{"body": 1}, {"body": 0.42, "rail": 0.58}]
    assert chosen(*lines) == ["body", "rail"]
    assert chosen(*lines, bar=0.4) == ["body", "body"]


def test_the_likeliest_line_is_the_only_title(chosen):
    assert chosen({"title": 0.6, "rail": 0.4}, {"title": 0.9, "rail": 0.1}, {"body": 1}) == ["rail", "title", "body"]


def test_every_document_has_its_own_title(chosen):
    assert chosen({"title": 0.6, "rail": 0.4}, {"title": 0.9, "rail": 0.1}, owner=[0, 1]) == ["title", "title"]


def test_no_standfirst_stands_below_paragraphs(chosen):
    lines = [{"standfirst": 0.9}, {"body": 1}, {"body": 1}, {"standfirst": 0.6, "caption": 0.4}]
    assert chosen(*lines) == ["standfirst", "body", "body", "caption"]


def test_no_blocks_have_no_labels(chosen):
    assert chosen() == []
