from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import great_expectations.expectations as catalogue
import pytest

from copydesk.quality.suite import expected_of_rows, expected_of_runs, row_suite, run_suite
from copydesk.schema import CLEAN, Severity
from copydesk.sources import Quality

LATEST = datetime(2026, 11, 4, tzinfo=UTC)


def arguments(expected, name):
    return next(one.rule.arguments for one in expected if one.name == name)


def test_every_rule_of_the_schema_is_in_the_suite_under_its_own_name(source):
    names = [one.name for one in expected_of_rows(source, LATEST)]
    assert len(names) == len(set(names)) == sum(len(column.rules) for column in CLEAN.columns) + 2
    assert {"not_null:published_at", "between:word_count", "unique:article_id", "match_regex:title"} <= set(names)


def test_the_suite_is_of_great_expectations_with_severities_and_names(source):
    suite = row_suite(source, LATEST)
    by_name = {one.meta["name"]: one for one in suite.expectations}
    assert isinstance(by_name["not_null:title"], catalogue.ExpectColumnValuesToNotBeNull)
    assert by_name["not_null:title"].severity == "critical"
    assert by_name["in_set:language"].severity == by_name["not_less:modified_at"].severity == "warning"


def test_the_source_narrows_the_limits_of_the_schema(source):
    expected = expected_of_rows(source, LATEST)
    assert arguments(expected, "between:word_count") == {"min_value": 20, "max_value": 100_000}
    assert arguments(expected, "between:published_at")["max_value"] == "2026-11-04T00:00:00+00:00"


def test_the_source_cannot_widen_the_limits_of_the_schema(source):
    lenient = source.model_copy(update={"quality": Quality(min_words=0)})
    assert arguments(expected_of_rows(lenient, None), "between:word_count")["min_value"] == 1


def test_the_latest_time_is_given_in_utc_and_needs_a_zone(source):
    summer_night = datetime(2026, 7, 1, tzinfo=timezone(timedelta(hours=2)))
    limit = arguments(expected_of_rows(source, summer_night), "between:published_at")["max_value"]
    assert limit == "2026-06-30T22:00:00+00:00"
    with pytest.raises(ValueError, match="has no zone"):
        expected_of_rows(source, datetime(2026, 7, 1))


def test_a_source_without_a_language_expects_none(source):
    anyone = source.model_copy(update={"language": None})
    assert "in_set:language" not in [one.name for one in expected_of_rows(anyone, None)]


def test_only_the_share_in_quarantine_can_hold_a_run(source):
    critical = [one.name for one in expected_of_runs(source) if one.rule.severity is Severity.CRITICAL]
    assert critical == ["between:quarantined_share"]
    assert len(run_suite(source).expectations) == len(expected_of_runs(source))
