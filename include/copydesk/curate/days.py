"""Days and months of publication, in UTC, and `unknown` where an article has no date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

UNKNOWN = "unknown"
SUMMARY = "published_days"  # key in the summary of a `clean` manifest
TIME = pa.timestamp("us", tz="UTC")


def days_of(published_at: pa.ChunkedArray) -> pa.ChunkedArray:
    """The day of each time as `2026-11-03`, or `unknown`."""
    return pc.fill_null(pc.strftime(published_at, format="%Y-%m-%d"), UNKNOWN)


def month_of(day: str) -> str:
    """The month of a day as `days_of` gives it."""
    return day if day == UNKNOWN else day[:7]


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
    start = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    end = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return pa.scalar(start, TIME), pa.scalar(end, TIME)
