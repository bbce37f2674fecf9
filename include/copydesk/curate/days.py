"""Days and months of publication, in UTC, and `unknown` where an article has no date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.schema import CLOCK, TIMESTAMP

UNKNOWN = "unknown"
SUMMARY = "published_days"  # key in the summary of a `clean` manifest
WITHDRAWN = "withdrawn"  # another: which versions of which articles the dump says are not to be published
# Agencies' features and obituaries wait for weeks; longer, and yearly texts would copy the last year's.
WINDOW = timedelta(days=45)


def days_of(published_at: pa.ChunkedArray) -> pa.ChunkedArray:
    """The day of each time as `2026-11-03`, or `unknown`."""
    return pc.fill_null(published_at.cast(CLOCK).cast(pa.date32()).cast(pa.string()), UNKNOWN)


def month_of(day: str) -> str:
    """The month of a day as `days_of` gives it."""
    return day if day == UNKNOWN else day[:7]


def months_after(month: str) -> list[str]:
    """The month and those into which a `WINDOW` from it reaches; `unknown` by itself."""
    if month == UNKNOWN:
        return [month]
    end = _start(month) + timedelta(days=31) + WINDOW
    return _months(_start(month), end)


def months_before(month: str) -> list[str]:
    """The months from which a `WINDOW` reaches into the month, and itself."""
    return [month] if month == UNKNOWN else _months(_start(month) - WINDOW, _start(month))


def window_before(month: str) -> pc.Expression:
    """True of a row published in the month or less than a `WINDOW` before it."""
    if month == UNKNOWN:
        return pc.field("published_at").is_null()
    start, end = _limits(month)
    return (pc.field("published_at") >= pa.scalar(start.as_py() - WINDOW, TIMESTAMP)) & (pc.field("published_at") < end)


def _months(start: datetime, end: datetime) -> list[str]:
    first, last = (moment.year * 12 + moment.month - 1 for moment in (start, end))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)]


def published_days(articles: pa.Table) -> list[str]:
    """The days that the manifest of a `clean` partition names under `published_days`, so that readers may skip it."""
    days: list[str] = pc.unique(days_of(articles["published_at"])).to_pylist()
    return sorted(days)


def touched_months(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> list[str]:
    """The months to curate again when a `clean` partition with the summary `old` becomes one with `new`."""
    days = (day for summary in (old, new) if summary for day in summary[SUMMARY])
    return sorted({month_of(day) for day in days})


def within(month: str) -> pc.Expression:
    """True of a row published in `month`; a reader can hold it against the statistics of a row group."""
    published_at = pc.field("published_at")
    if month == UNKNOWN:
        return published_at.is_null()
    start, end = _limits(month)
    return (published_at >= start) & (published_at < end)


def outside(month: str) -> pc.Expression:
    """True of every row that `within` is not true of."""
    published_at = pc.field("published_at")
    if month == UNKNOWN:
        return published_at.is_valid()
    start, end = _limits(month)
    return published_at.is_null() | (published_at < start) | (published_at >= end)


def _limits(month: str) -> tuple[pa.Scalar, pa.Scalar]:
    start = _start(month)
    end = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return pa.scalar(start, TIMESTAMP), pa.scalar(end, TIMESTAMP)


def _start(month: str) -> datetime:
    return datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
