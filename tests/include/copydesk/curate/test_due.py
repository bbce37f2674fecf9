from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from copydesk.curate.due import months_due
from copydesk.lake.locks import in_turn
from copydesk.lake.publishing import append_run
from copydesk.pipeline import curate
from copydesk.schema import RUNS
from copydesk.settings import Settings
from copydesk.storage import Storage


def ingested(lake: Storage, dump: str, months: list[str]) -> None:
    """The record of a run that was published just now."""
    row = {"run_id": dump, "kind": "ingest", "touched_months": months}
    now = datetime.now(UTC)
    append_run(lake, RUNS, {"source": "paper", "dump": dump}, pa.Table.from_pylist([row], schema=RUNS.schema), now)


def test_a_month_is_due_until_it_is_curated_and_again_when_it_is_touched(
    lake: Storage, article: Callable[..., Any], publish: Callable[..., None]
) -> None:
    settings = Settings(raw="raw", lake=lake.uri, sources="sources")
    publish("paper", "wire-2010", article("a", datetime(2010, 3, 1, tzinfo=UTC), ["Text"]), article("b", None, ["More"]))
    publish("paper", "2011-05-01", article("c", datetime(2011, 5, 1, tzinfo=UTC), ["Text"]))
    ingested(lake, "wire-2010", ["2010-03", "unknown"])
    assert months_due(lake) == ["2010-03", "2011-05", "unknown"]

    time.sleep(1)  # the record of a curation begins with the second in which it began
    for month in months_due(lake):
        curate(month, settings)
    assert months_due(lake) == []

    ingested(lake, "2011-05-02", ["2011-05"])
    assert months_due(lake) == ["2011-05"]


def test_an_empty_lake_has_nothing_to_curate(lake: Storage) -> None:
    assert months_due(lake) == []


def test_two_curations_of_a_month_take_turns(lake: Storage) -> None:
    order: list[str] = []

    def second() -> None:
        with in_turn(lake, "curate 2010-03"):
            order.append("second")

    with in_turn(lake, "curate 2010-03"):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
