from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from copydesk.curate.days import outside, published_days, touched_months, within

TIMES = [
    datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC),
    datetime(2026, 12, 31, 23, tzinfo=UTC),
    datetime(2027, 1, 1, tzinfo=UTC),
    None,
]
TABLE = pa.table({"published_at": pa.array(TIMES, pa.timestamp("us", tz="UTC"))})


def test_days_are_those_of_utc_and_a_missing_date_is_unknown() -> None:
    assert published_days(TABLE) == ["2026-10-31", "2026-11-01", "2026-12-31", "2027-01-01", "unknown"]


def test_no_articles_have_no_days() -> None:
    assert published_days(TABLE.slice(0, 0)) == []


@pytest.mark.parametrize(("month", "rows"), [("2026-10", [0]), ("2026-11", [1]), ("2026-12", [2]), ("unknown", [4])])
def test_a_row_is_within_a_month_or_outside_it(month: str, rows: list[int]) -> None:
    numbered = TABLE.append_column("row", pa.array(range(len(TIMES))))
    assert numbered.filter(within(month))["row"].to_pylist() == rows
    assert numbered.filter(outside(month))["row"].to_pylist() == [n for n in range(len(TIMES)) if n not in rows]


def test_a_replaced_partition_touches_the_months_it_had_and_those_it_has() -> None:
    old = {"published_days": ["2026-10-30", "2026-11-01"]}
    new = {"published_days": ["2026-11-02", "unknown"]}
    assert touched_months(old, new) == ["2026-10", "2026-11", "unknown"]
    assert touched_months(None, new) == ["2026-11", "unknown"]
    assert touched_months(old, None) == ["2026-10", "2026-11"]
