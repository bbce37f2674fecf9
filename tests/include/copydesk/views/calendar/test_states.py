from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from copydesk.lake.run_lines import RunLine
from copydesk.views.calendar.states import Attempt, State, state_of

NOON = datetime(2026, 11, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def line(verdict: str = "pass", run_id: str = "a", seen: int = 10) -> RunLine:
    return RunLine(
        path="runs/source=lbc/dump=2026-11-03/1.parquet", source="lbc", dump="2026-11-03", run_id=run_id, kind="ingest",
        started_at=NOON, finished_at=NOON + HOUR, verdict=verdict, decided_by=None, verdict_reasons=(), records_seen=seen,
        records_accepted=seen, records_rejected=0,
    )  # fmt: skip


def attempt(state: str, run_id: str = "a", at: datetime = NOON) -> Attempt:
    return Attempt(run_id, state, at)


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        ("pass", State.PASS),
        ("warn", State.WARN),
        ("hold", State.HELD),
        ("released", State.RELEASED),
        ("rejected", State.REJECTED),
    ],
)
def test_a_day_is_what_its_last_run_came_to(verdict, state):
    assert (
        state_of(line(verdict), attempt("failed" if verdict in ("hold", "rejected", "released") else "success"), True, True)
        is state
    )


def test_a_run_of_the_command_line_needs_no_airflow():
    assert state_of(line(), None, True, None) is State.PASS


def test_an_empty_day_has_no_dump():
    assert state_of(line("warn", seen=0), attempt("success"), True, None) is State.NO_DUMP


@pytest.mark.parametrize("state", ["queued", "running"])
def test_a_day_that_is_run_again_is_running_whatever_it_was(state):
    assert state_of(line("hold"), attempt(state, "b", NOON + 2 * HOUR), True, True) is State.RUNNING


def test_a_run_that_failed_before_it_was_judged_is_failed():
    assert state_of(None, attempt("failed"), True, True) is State.FAILED
    assert state_of(line("pass", "a"), attempt("failed", "b", NOON + 2 * HOUR), True, True) is State.FAILED


def test_a_run_that_failed_before_a_better_one_is_history():
    assert state_of(line("pass", "b"), attempt("failed", "a", NOON - HOUR), True, True) is State.PASS


def test_a_published_day_whose_curation_was_not_asked_for_is_failed():
    assert state_of(line("pass"), attempt("failed"), True, True) is State.FAILED


def test_a_day_without_a_run_is_a_gap_that_the_raw_files_explain():
    assert state_of(None, None, True, None) is State.AWAITED
    assert state_of(None, None, True, True) is State.AWAITED
    assert state_of(None, None, True, False) is State.NO_DUMP


def test_nothing_is_said_of_a_day_that_nobody_expects():
    assert state_of(None, None, False, False) is None
