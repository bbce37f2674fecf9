"""Runs that are held: what made them so can be seen, and a person publishes them or does away with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from copydesk import pipeline
from copydesk.errors import BadInput, Held
from copydesk.pipeline import run_partition
from copydesk.run import Run
from copydesk.sources import Quality
from copydesk.steps.deciding import Decision
from copydesk.steps.quarantined import quarantined

DECISION = Decision("Ada", datetime(2026, 11, 5, 9, tzinfo=UTC), "the publisher was on strike")


@pytest.fixture
def held(press: Any, page: Any) -> Run:
    """A run of six records, four of which are in quarantine, which is too much for its source."""
    press.source = press.source.model_copy(update={"quality": Quality(max_quarantined_share=0.2)})
    press.dump([page(1), page(2), *(page(n) | {"content": "<p>Too short.</p>"} for n in range(3, 7))])
    run: Run = press.run()
    with pytest.raises(Held, match=r"copydesk release paper 2026-11-03"):
        run_partition(run)
    return run


def test_a_released_run_is_published_as_it_is_with_who_and_why_on_record(press: Any, held: Run) -> None:
    assert press.published("clean") == {}
    counts = pipeline.release(held, DECISION)

    assert (counts["verdict"], counts["records_accepted"], counts["touched_months"]) == ("released", 2, ["2026-11"])
    assert (len(press.rows("clean")), len(press.rows("quarantine"))) == (2, 4)
    hold, released = sorted(press.rows("runs"), key=lambda run: run["finished_at"] != DECISION.at)[::-1]
    assert (hold["verdict"], hold["decided_by"]) == ("hold", None)
    assert (released["verdict"], released["decided_by"], released["decision_reason"]) == ("released", "Ada", DECISION.reason)
    assert released["started_at"] == hold["started_at"]


def test_the_quarantine_of_a_held_run_can_be_read(press: Any, held: Run) -> None:
    rows, is_held = quarantined(held)

    assert (rows.num_rows, is_held) == (4, True)
    pipeline.release(held, DECISION)
    assert quarantined(held)[1] is False


def test_a_rejected_run_leaves_nothing_but_its_record(press: Any, held: Run) -> None:
    pipeline.reject(held, DECISION)

    assert press.published("clean") == {}
    assert {run["verdict"] for run in press.rows("runs")} == {"hold", "rejected"}
    with pytest.raises(BadInput, match="no run of it is held"):
        pipeline.release(held, DECISION)


def test_a_cleared_task_goes_on_after_a_release(held: Run) -> None:
    """As in Airflow, where `judge` failed and is cleared once somebody has released the run."""
    pipeline.release(held, DECISION)

    assert pipeline.judge(held)["verdict"] == "released"
    assert pipeline.publish(held)["touched_months"] == ["2026-11"]


def test_a_run_that_was_overtaken_by_a_good_one_is_not_released(press: Any, page: Any, held: Run) -> None:
    press.dump([page(n) for n in range(1, 7)])
    run_partition(Run(held.source, held.key, "two", held.settings))

    with pytest.raises(BadInput, match="no run of it is held"):
        pipeline.release(held, DECISION)
    assert len(press.rows("clean")) == 6


def test_a_release_that_was_killed_is_ended_by_a_second_one(held: Run, press: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from copydesk.steps import publishing

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "record_run", killed)
        with pytest.raises(KeyboardInterrupt):
            pipeline.release(held, DECISION)
    with pytest.raises(BadInput, match="Ada has released it"):
        pipeline.reject(held, DECISION)

    pipeline.release(held, Decision("Bo", DECISION.at, None))
    assert [run["decided_by"] for run in press.rows("runs") if run["verdict"] == "released"] == ["Ada"]
