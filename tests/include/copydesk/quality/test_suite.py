from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import great_expectations.expectations as catalogue
import pytest

from copydesk.quality.history import Usual
from copydesk.quality.suite import ROW_COLUMNS, RUN_FIGURES, check_expectations, expected_of_rows, expected_of_runs, suite_of
from copydesk.schema import Severity
from copydesk.sources import Quality, SourceError

LATEST = datetime(2026, 11, 4, tzinfo=UTC)


def arguments(expected, name):
    return next(one.rule.arguments for one in expected if one.name == name)


def test_every_rule_of_the_schema_is_in_the_suite_under_its_own_name(source):
    names = [one.name for one in expected_of_rows(source, LATEST)]
    assert len(names) == len(set(names)) == sum(len(column.rules) for column in ROW_COLUMNS) + 2
    assert {"not_null:published_at", "between:word_count", "unique:article_id", "match_regex:title"} <= set(names)


def test_the_suite_is_of_great_expectations_with_severities_and_names(source):
    suite = suite_of("rows", expected_of_rows(source, LATEST))
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


def test_without_a_history_only_the_share_in_quarantine_can_hold_a_run(source):
    critical = [one.name for one in expected_of_runs(source) if one.rule.severity is Severity.CRITICAL]
    assert critical == ["between:quarantined_share"]
    assert len(suite_of("run", expected_of_runs(source)).expectations) == len(expected_of_runs(source))


def test_what_is_usual_has_a_name_of_its_own_beside_the_limit_that_is_set(source):
    usual = {"quarantined_share": Usual(0, 0.1, None, 0.3, 28)}
    names = [one.name for one in expected_of_runs(source, usual)]
    assert {"between:quarantined_share", "usual:quarantined_share"} <= set(names)


def test_no_column_is_called_like_a_figure():
    assert not RUN_FIGURES.intersection(column.name for column in ROW_COLUMNS)


def wishing(source, **expect):
    wishes = {name.replace("__", ":"): wish for name, wish in expect.items()}
    return source.model_copy(update={"quality": Quality.model_validate({"expect": wishes})})


def test_a_source_tightens_relaxes_switches_off_and_adds_by_name(source):
    expect = {"between__word_count": {"min": 5}, "match_regex__title": "warning", "match_regex__url": "off"}
    wanted = wishing(
        source, **expect, in_set__section={"values": ["News", "Sport"], "severity": "warning"}, not_null__section="critical"
    )
    by_name = {one.name: one.rule for one in expected_of_rows(wanted, LATEST)}
    assert by_name["between:word_count"].arguments == {"min_value": 5, "max_value": 100_000}
    assert by_name["match_regex:title"].severity is Severity.WARNING
    assert "match_regex:url" not in by_name
    assert by_name["in_set:section"].arguments == {"value_set": ["News", "Sport"]}
    assert by_name["not_null:section"].severity is Severity.CRITICAL
    check_expectations(wanted)


def test_a_source_may_change_what_is_expected_of_runs_and_add_to_it(source):
    wanted = wishing(source, usual__median_words="warning", between__median_words={"min": 30}, usual__records_seen="off")
    usual = {name: Usual(1, 2, 0, 3, 28) for name in ("median_words", "records_seen")}
    by_name = {one.name: one.rule for one in expected_of_runs(wanted, usual)}
    assert by_name["usual:median_words"].severity is Severity.WARNING
    assert by_name["between:median_words"].arguments == {"min_value": 30, "max_value": None}
    assert "usual:records_seen" not in by_name


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        (
            {"not_null__sektion": "off"},
            r"'not_null:sektion': no such column or figure \(is section meant\?\); there are .*section",
        ),
        ({"usual__xyz": "off"}, "'usual:xyz': no such column or figure; there are .*section"),
        ({"unique__article_id": "off"}, "'unique:article_id': stands as it is"),
        ({"between__image_count": {"severity": "warning"}}, None),
        ({"match_regex__section": "warning"}, "'match_regex:section': does not say what is expected"),
        ({"not_less__published_at": "warning"}, "'not_less:published_at': there is none to change"),
    ],
)
def test_a_wish_that_cannot_be_granted_is_an_error_of_the_source(source, expect, said):
    if said is None:
        check_expectations(wishing(source, **expect))
        return
    with pytest.raises(SourceError, match=f"islander.toml: quality.expect: {said}"):
        check_expectations(wishing(source, **expect))
