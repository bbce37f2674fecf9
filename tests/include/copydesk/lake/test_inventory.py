from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pyarrow as pa

from copydesk.lake.inventory import inventory
from copydesk.lake.publishing import append_run, replace_partition
from copydesk.schema import ARTICLES, CLEAN, QUARANTINE, RUNS
from copydesk.storage import Storage

MakeTable = Callable[..., pa.Table]

DAY = {"source": "lbc", "dump": "2026-11-03"}
FIRST, SECOND = datetime(2026, 11, 4, 2, tzinfo=UTC), datetime(2026, 11, 4, 3, tzinfo=UTC)


def test_an_empty_lake_holds_nothing(lake: Storage) -> None:
    assert inventory(lake) == []


def test_each_partition_stands_with_its_rows_bytes_and_files(lake: Storage, make_table: MakeTable) -> None:
    for day in (date(2026, 11, 3), None):
        replace_partition(lake, ARTICLES, {"published_date": day}, make_table(3, ARTICLES))
    first, unknown = inventory(lake)
    assert (first.dataset, first.values, first.rows, first.files) == ("articles", {"published_date": "2026-11-03"}, 3, 1)
    assert unknown.values == {"published_date": None}
    assert first.bytes == sum(file.size for file in lake.files("articles/published_date=2026-11-03") if "part-" in file.path)


def test_a_dump_stands_with_its_quarantine_and_its_last_run(lake: Storage, make_table: MakeTable) -> None:
    replace_partition(lake, CLEAN, DAY, make_table(5))
    replace_partition(lake, QUARANTINE, DAY, make_table(2, QUARANTINE))
    append_run(lake, RUNS, DAY, make_table(1, RUNS, run_id="second", verdict="warn", started_at=SECOND), SECOND)
    append_run(lake, RUNS, DAY, make_table(1, RUNS, run_id="first", verdict="hold", started_at=FIRST), FIRST)
    clean, quarantine, runs = inventory(lake)
    assert (clean.rows, clean.quarantined, clean.verdict, clean.run_id, clean.started_at) == (5, 2, "warn", "second", SECOND)
    assert (quarantine.dataset, quarantine.rows) == ("quarantine", 2)
    assert (runs.dataset, runs.rows, runs.files) == ("runs", 2, 2)


def test_a_dump_that_was_only_ever_held_is_seen(lake: Storage, make_table: MakeTable) -> None:
    append_run(lake, RUNS, DAY, make_table(1, RUNS, verdict="hold", started_at=FIRST), FIRST)
    clean, _ = inventory(lake)
    assert (clean.dataset, clean.values, clean.rows, clean.files, clean.verdict) == ("clean", DAY, 0, 0, "hold")


def test_data_files_are_not_opened(lake: Storage, make_table: MakeTable) -> None:
    manifest = replace_partition(lake, CLEAN, DAY, make_table(5))
    lake.write_bytes(f"clean/source=lbc/dump=2026-11-03/{manifest.parts[0].name}", b"not Parquet")
    assert inventory(lake)[0].rows == 5
