from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from copydesk.quality.rows import check_rows
from copydesk.quality.verdict import Metrics, judge, merge_outcomes
from copydesk.schema import EXPECTATION

LATEST = datetime(2026, 11, 4, tzinfo=UTC)


def run(seen, rejected, duplicates=0):
    return Metrics(seen, seen - rejected, rejected, duplicates, seen)


@pytest.mark.parametrize(
    ("metrics", "value"),
    [
        (run(100, 0), "pass"),
        (run(100, 20), "pass"),
        (run(100, 21), "hold"),
        (run(100, 15, duplicates=10), "pass"),
        (run(100, 15, duplicates=11), "warn"),
        (run(100, 100), "hold"),
        (run(5, 1), "pass"),
        (run(4, 1), "pass"),
        (run(4, 2), "hold"),
        (run(2, 2), "hold"),
        (run(2, 1), "pass"),
        (run(1, 1), "hold"),
        (run(0, 0), "warn"),
    ],
)
def test_a_run_is_published_warned_of_or_held_by_its_figures(source, metrics, value):
    assert judge(metrics, [], source).value == value


def test_a_hold_names_numbers_limit_and_setting(source):
    verdict = judge(run(30, 9), [], source)
    assert verdict.reasons == [
        "critical: quarantined_share is 0.3, at most 0.2 expected "
        "(30 seen, 21 accepted, 9 in quarantine; quality.max_quarantined_share of source islander)"
    ]


def test_versions_and_notices_of_an_agency_hold_no_run(source):
    aside = Metrics(30, 14, 16, set_aside=10)
    assert judge(aside, [], source).value == "pass"
    assert judge(Metrics(3, 0, 3, set_aside=3), [], source).value == "pass"
    (reason,) = judge(Metrics(30, 13, 17, set_aside=10), [], source).reasons
    assert "quarantined_share is 0.2333" in reason
    assert "17 in quarantine, 10 of them withdrawn or sent again" in reason


def test_an_empty_day_is_fine_where_the_source_says_so(source):
    quiet = source.model_copy(update={"on_missing": "empty"})
    assert judge(run(0, 0), [], quiet).value == "pass"
    assert judge(run(0, 0), [], quiet).reasons == []


def test_a_limit_of_zero_holds_for_a_single_bad_record(strict_source):
    assert judge(run(3, 1), [], strict_source).value == "hold"


def test_critical_failures_of_rows_hold_nothing_by_themselves(articles, source):
    outcomes = check_rows(articles({}, {"word_count": 1}), source, LATEST).outcomes
    assert judge(run(20, 1), outcomes, source).value == "pass"


def test_warnings_of_rows_are_published_as_a_warning(articles, source):
    outcomes = check_rows(articles({}, {"language": "fr"}), source, LATEST).outcomes
    verdict = judge(run(2, 0), outcomes, source)
    assert verdict.value == "warn"
    assert verdict.reasons == ["warning: in_set:language failed on 1 of 2 rows, as 'fr'"]
    assert pa.array(verdict.outcomes, EXPECTATION).to_pylist() == verdict.outcomes


def test_outcomes_of_shards_add_up(articles, source):
    shards = [
        check_rows(articles({}, {}), source, LATEST).outcomes,
        check_rows(articles({"word_count": 3}, {"word_count": 4}), source, LATEST).outcomes,
        check_rows(articles({"word_count": 5}), source, LATEST).outcomes,
    ]
    merged = merge_outcomes(shards)
    assert len(merged) == len(shards[0])
    [failed] = [one for one in merged if not one["success"]]
    assert (failed["column"], failed["failed_rows"], failed["observed"]) == ("word_count", 3, "3; 4")
    assert shards[1] == check_rows(articles({"word_count": 3}, {"word_count": 4}), source, LATEST).outcomes
