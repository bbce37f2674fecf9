"""The day that a newsroom calls an article's, beside the instant in UTC."""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.fields.times.dates import parse_date
from copydesk.fields.times.newsroom_day import newsroom_day


@pytest.mark.parametrize(
    ("stated", "zone", "day"),
    [
        ("2026-11-03T20:30:00-05:00", "UTC", date(2026, 11, 3)),  # the 4th in Greenwich
        ("2026-11-03T20:30:00-05:00", "Europe/Berlin", date(2026, 11, 3)),  # what the page says goes first
        ("2026-11-04T01:30:00Z", "America/New_York", date(2026, 11, 3)),
        ("2026-11-04T01:30:00Z", "UTC", date(2026, 11, 4)),
        ("3 November 2026, 11:30 pm", "Europe/Berlin", date(2026, 11, 3)),
        ("3 November 2026, 9.15pm PST", "UTC", date(2026, 11, 3)),
        ("4 November 2026, 0.15 Uhr", "Asia/Tokyo", date(2026, 11, 4)),  # the 3rd in Greenwich
        ("3 November 2026", "Pacific/Auckland", date(2026, 11, 3)),
        ("3 November 2026", "America/Los_Angeles", date(2026, 11, 3)),  # a day is midnight in UTC, wherever it was written
    ],
)
def test_the_day_is_that_on_the_newsrooms_clock(stated: str, zone: str, day: date) -> None:
    moment = parse_date(stated, zone)
    assert moment is not None
    assert newsroom_day(moment, zone) == day
