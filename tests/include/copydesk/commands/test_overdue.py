"""What is said of a day at the time by which it should be published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from copydesk import pipeline
from copydesk.errors import Overdue
from copydesk.run import Run

DAY = "2026-11-03"


def look() -> dict[str, Any]:
    run = Run.from_env("gazette", DAY, "fresh")
    return pipeline.check_published(replace(run, source=run.source.model_copy(update={"good_by": "09:00"})))


@pytest.mark.usefixtures("published")
def test_a_published_day_is_good_also_where_a_later_run_of_it_is_held(published: Any, call: Any) -> None:
    assert look()["verdict"] in ("pass", "warn")
    published.deliver(long=[10], short=[11, 12])
    assert call("run", "gazette", DAY).code == 1
    assert look()["verdict"] in ("pass", "warn")


def test_a_day_is_overdue_until_it_is_there_and_the_message_says_what_is_in_its_way(gazette: Any, call: Any) -> None:
    with pytest.raises(
        Overdue, match=f"gazette {DAY}: not published by 09:00: no run of it came to a verdict, and no raw file is there"
    ):
        look()
    gazette.deliver(long=[1], short=[2, 3])
    with pytest.raises(
        Overdue, match="no run of it came to a verdict, and 1 raw files are there; look at the DAG ingest_gazette"
    ):
        look()
    assert call("run", "gazette", DAY).code == 1
    with pytest.raises(Overdue, match=f"its run is held; `copydesk release gazette {DAY}`"):
        look()
    assert call("release", "gazette", DAY, "--by", "ada").code == 0
    assert look()["verdict"] == "released"


@pytest.mark.usefixtures("held")
def test_a_rejected_day_is_overdue(call: Any) -> None:
    assert call("reject", "gazette", DAY).code == 0
    with pytest.raises(Overdue, match="its run was rejected; run the day again when the dump is right"):
        look()
