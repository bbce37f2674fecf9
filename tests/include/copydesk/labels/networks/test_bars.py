from __future__ import annotations

import numpy as np
import pytest

from copydesk.labels.arrays import Floats
from copydesk.labels.networks.bars import BARS, UNUSUAL, USUAL, bars, scores, standardised, traits, usual
from copydesk.labels.networks.network import Weights

SURE = [0.95, 0.9, 0.9, 0.6, 0.3, 0.02]


@pytest.fixture
def preferring():
    """Weights that know nothing of documents and prefer one bar."""

    def run(place: int, form: str = "html") -> Weights:
        count = _traits([SURE], form).shape[2]
        return {
            "mean": np.zeros(count, np.float32),
            "scale": np.ones(count, np.float32),
            "first": np.zeros((count, 2), np.float32),
            "first_bias": np.zeros(2, np.float32),
            "last": np.zeros((2, 1), np.float32),
            "last_bias": np.eye(len(BARS[form]), dtype=np.float32)[place],
        }

    return run


def _documents(chances: list[list[float]]) -> tuple[Floats, Floats, np.ndarray]:
    """Chances, words and owners of the blocks of documents."""
    likely = np.array([chance for document in chances for chance in document], np.float32)
    owner = np.repeat(np.arange(len(chances)), [len(document) for document in chances])
    return likely, np.arange(10, 10 + len(likely), dtype=np.float32), owner


def _traits(chances: list[list[float]], form: str = "html") -> Floats:
    return traits(*_documents(chances), form)


def test_each_document_has_the_bar_that_scores_best(preferring):
    likely, words, owner = _documents([SURE, SURE])
    found = bars(likely, words, owner, "html", preferring(5))
    assert np.allclose(found.own, BARS["html"][5])
    assert np.allclose(found.usual, BARS["html"][USUAL])


def test_what_is_unlikely_is_kept_in_no_document_that_has_an_article(preferring):
    likely, words, owner = _documents([SURE])
    assert bars(likely, words, owner, "html", preferring(0)).own.min() > 0.3


def test_where_nothing_is_likely_what_comes_near_the_likeliest_is_kept_whatever_scores_best(preferring):
    likely, words, owner = _documents([[0.35, 0.3, 0.1], SURE])
    own = bars(likely, words, owner, "html", preferring(6)).own
    assert (likely > own).tolist() == [True, True, False, True, True, True, False, False, False]


def test_no_bar_takes_nearly_all_that_the_usual_one_keeps(preferring):
    doubtful, alone = [0.9, *[0.6] * 40], [0.9, 0.6]
    likely, words, owner = _documents([doubtful, alone])
    own = bars(likely, words, owner, "text", preferring(7)).own
    assert (likely > own).tolist() == [*[True] * 41, True, False]


def test_a_document_of_nothing_but_links_has_no_article(preferring):
    likely, words, owner = _documents([[0.14, 0.05]])
    assert not (likely > bars(likely, words, owner, "html", preferring(0)).own).any()


def test_a_bare_text_keeps_by_habit_what_a_page_does_not():
    likely, _, owner = _documents([SURE])
    assert usual(likely, owner, "text") < usual(likely, owner, "html")


def test_what_a_bar_would_keep_is_told_of_each_document_alone():
    alone, among = _traits([SURE]), _traits([[0.5] * 4, SURE, [0.9, 0.1]])
    likely, words, owner = _documents([SURE])
    shifted = traits(likely, words + 4, owner, "html")
    assert among[1].tolist() == shifted[0].tolist()
    assert alone.shape == shifted.shape


def test_the_f1_that_the_chances_promise_is_right():
    likely, words, _ = _documents([SURE])
    kept = likely > BARS["html"][USUAL]
    expected = 2 * (words * likely)[kept].sum() / (words[kept].sum() + (words * likely).sum())
    assert _traits([SURE])[0, USUAL, 0] == pytest.approx(expected, rel=1e-4)


def test_a_trait_far_from_all_that_were_seen_says_no_more_than_an_unusual_one(preferring):
    found = _traits([SURE]) + np.float32(1e6)
    assert standardised(found, preferring(0)).max() == UNUSUAL


def test_scores_are_of_documents_by_bars(preferring):
    assert scores(_traits([SURE, SURE]), preferring(2)).argmax(axis=1).tolist() == [2, 2]


def test_no_documents_have_no_bars(preferring):
    none = np.zeros(0, np.float32)
    assert [len(of) for of in bars(none, none, np.zeros(0, np.int64), "text", preferring(0))] == [0, 0]
