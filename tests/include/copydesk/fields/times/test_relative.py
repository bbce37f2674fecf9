from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copydesk.fields.times.dates import Moment
from copydesk.fields.times.relative import parse_relative

DAY = Moment(datetime(2024, 2, 7, tzinfo=UTC), "day", "UTC")
NOON = Moment(datetime(2024, 2, 7, 12, 0, tzinfo=UTC), "minute", "UTC")


@pytest.mark.parametrize(
    "text",
    [
        "2 days ago", "Updated 2 days ago", "vor 2 Tagen", "Il y a 2 jours", "hace 2 días", "2 giorni fa", "há 2 dias", "2 dagen geleden",
        "2 dni temu", "2 дня назад", "πριν από 2 ημέρες", "2天前", "2日前", "2일 전", "2 gün önce", "för 2 dagar sedan", "for 2 dage siden", "před 2 dny",
    ],
)  # fmt: skip
def test_days_are_counted_back_in_the_languages_of_newspapers(text: str) -> None:
    assert parse_relative(text, DAY) == Moment(datetime(2024, 2, 5, tzinfo=UTC), "day", "UTC")


def test_minutes_are_exact_and_hours_known_to_the_day() -> None:
    assert parse_relative("25 minutes ago", NOON) == Moment(datetime(2024, 2, 7, 11, 35, tzinfo=UTC), "minute", "UTC")
    assert parse_relative("vor einer Stunde", NOON) == DAY
    assert parse_relative("il y a 13 heures", NOON) == Moment(datetime(2024, 2, 6, tzinfo=UTC), "day", "UTC")
    assert parse_relative("Yesterday, 10:15", NOON) == Moment(datetime(2024, 2, 6, tzinfo=UTC), "day", "UTC")


def test_hours_before_a_crawl_of_unknown_hour_are_believed_only_when_few() -> None:
    assert parse_relative("3 hours ago", DAY) == DAY
    assert parse_relative("9 hours ago", DAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3 hours",
        "long ago",
        "5 day pass",
        "He left 2 days ago and has not been heard of since by anyone at all",
        "Vorsicht: 3 Tage",
    ],
)
def test_other_lines_count_nothing_back(text: str) -> None:
    assert parse_relative(text, NOON) is None
