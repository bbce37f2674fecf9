from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from copydesk.errors import BadInput
from copydesk.sources import Source
from copydesk.views.calendar.days import Range, expected

TODAY = date(2026, 11, 23)


def source(**keys: str) -> Source:
    return Source.model_validate({"name": "lbc", "raw": "lbc/{key}/*", "format": "text", "start": "2026-11-01", **keys})


def test_who_asks_for_no_days_sees_the_last_three_months():
    days = Range.ask("", "", TODAY)
    assert (days.first, days.last, len(days)) == (date(2026, 8, 25), TODAY, 91)


def test_a_first_day_alone_reaches_until_today():
    assert Range.ask("2026-11-20", None, TODAY) == Range(date(2026, 11, 20), TODAY)


def test_a_range_may_be_one_day():
    days = Range.ask("2026-11-03", "2026-11-03", TODAY)
    assert list(days) == [date(2026, 11, 3)]
    assert "2026-11-03" in days
    assert "2026-11-04" not in days


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2026-11-04", "2026-11-03", "is after"),
        ("2026-02-30", "2026-11-03", "is no day"),
        ("../..", "", "is no day"),
        ("1900-01-01", "2026-11-03", "too many"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused_in_words(first, last, says):
    with pytest.raises(BadInput, match=says):
        Range.ask(first, last, TODAY)


def test_months_are_told_with_their_days():
    assert Range(date(2026, 10, 30), date(2026, 12, 2)).months() == [
        ("October 2026", 2),
        ("November 2026", 30),
        ("December 2026", 2),
    ]


@pytest.mark.parametrize(
    ("key", "keys", "is_expected"),
    [
        ("2026-10-31", {}, False),  # before its start
        ("2026-11-01", {}, True),
        ("2026-11-22", {}, True),
        ("2026-11-23", {}, False),  # not over yet
        ("2026-11-03", {"end": "2026-11-03"}, True),
        ("2026-11-04", {"end": "2026-11-03"}, False),
        ("2026-11-23", {"timezone": "Pacific/Auckland"}, True),  # there it is the 24th
        ("2026-11-22", {"timezone": "Pacific/Honolulu"}, True),
    ],
)
def test_a_day_is_expected_once_it_is_over_where_the_source_is(key, keys, is_expected):
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert expected(source(**keys), key, now) is is_expected
