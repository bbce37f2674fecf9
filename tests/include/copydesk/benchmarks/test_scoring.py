from __future__ import annotations

import pytest

from copydesk.benchmarks.contestants import Reading
from copydesk.benchmarks.scoring import Marker, Scores, fold
from copydesk.benchmarks.sets import COLUMNS

GOLD = "one two three four five six"  # three runs of four words


def marked(reading: Reading, **told) -> Scores:
    return Marker([dict.fromkeys(COLUMNS) | told]).mark([reading])


def test_precision_and_recall_count_runs_of_four_words():
    scores = marked(Reading("one two three four five seven eight"), body=GOLD)  # four runs, two of them in the gold
    assert (scores.precision, scores.recall) == (pytest.approx(2 / 4), pytest.approx(2 / 3))
    assert scores.f1 == scores.doc_f1 == scores.doc_f1_p10 == pytest.approx(2 * (1 / 2) * (2 / 3) / (1 / 2 + 2 / 3))


def test_f1_is_of_the_means_and_doc_f1_the_mean_of_each():
    rows = [dict.fromkeys(COLUMNS) | {"body": GOLD}] * 2
    scores = Marker(rows).mark([Reading(GOLD), Reading(None)])
    assert (scores.precision, scores.recall, scores.f1, scores.doc_f1, scores.doc_f1_p10) == (0.5, 0.5, 0.5, 0.5, 0.0)


def test_the_gold_without_optional_paragraphs_counts_where_it_fits_better():
    assert marked(Reading(GOLD), body=f"{GOLD} seven eight nine", body_required=GOLD).f1 == 1


def test_a_title_is_right_when_nothing_but_white_space_differs():
    assert marked(Reading(title="Wall  closed\n"), title="Wall closed").title == 1
    assert marked(Reading(title="Wall closed | Gazette"), title="Wall closed").title == 0


def test_a_date_is_right_when_the_day_is():
    assert marked(Reading(published="2026-02-07T23:15:00+00:00"), published="2026-02-07T08:00").date == 1
    assert marked(Reading(published="2026-02-08"), published="2026-02-07").date == 0


def test_the_newsrooms_day_is_scored_beside_that_of_the_instant():
    scores = marked(Reading(published="2026-02-08T01:15:00+00:00", day="2026-02-07"), published="2026-02-07")
    assert (scores.date, scores.day) == (0, 1)
    assert marked(Reading(published="2026-02-07"), published="2026-02-07").day == 1  # of who gives but one


def test_authors_agree_whatever_their_case_and_punctuation():
    assert marked(Reading(authors=["RAVI STENHOUSE", "Al Gazette"]), authors=["Ravi Stenhouse"]).authors == pytest.approx(2 / 3)


def test_snippets_are_looked_for_in_the_text():
    told = {"with": ["dry weather", "low tide"], "without": ["Sport"]}
    scores = marked(Reading("Masons need dry\n\nweather. Sport"), **told)
    assert (scores.with_, scores.without, scores.snippets) == (0.5, 0.0, 0.25)


def test_what_the_gold_does_not_tell_has_no_score():
    assert marked(Reading(GOLD, "Wall", "2026-02-07", ["Ravi Stenhouse"])) == Scores()


def test_folding_composes_letters():
    assert fold("Cafe\u0301\t au  lait") == "Café au lait"
