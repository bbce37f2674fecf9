"""What became of the dump of one day, in one word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from copydesk.lake.run_lines import RunLine
from copydesk.schema import Judged


class State(StrEnum):
    """As a calendar tells days apart."""

    PASS = "pass"  # noqa: S105 - a verdict
    WARN = "warn"
    HELD = "held"
    RELEASED = "released"
    REJECTED = "rejected"
    FAILED = "failed"
    RUNNING = "running"
    NO_DUMP = "no dump"
    AWAITED = "not yet run"
    LATE = "late files"  # beside another state

    @property
    def wants_a_person(self) -> bool:
        """Whether it stays so until somebody does something."""
        return self in (State.HELD, State.FAILED)


OF_VERDICT = dict(zip(Judged, (State.PASS, State.WARN, State.HELD, State.RELEASED, State.REJECTED), strict=True))
UNREMARKABLE = (State.PASS, State.WARN)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Airflow's last run of a dump."""

    run_id: str
    state: str  # queued, running, success or failed
    at: datetime


def state_of(line: RunLine | None, attempt: Attempt | None, is_expected: bool, has_arrived: bool | None) -> State | None:
    """What the day is: of its last row in `runs` and Airflow's last run, the one that knows more.

    `has_arrived`: whether raw files of the day lie there; None where nobody looked.
    """
    if attempt and attempt.state in ("queued", "running"):
        return State.RUNNING
    told = _told(line)
    if attempt and attempt.state == "failed" and _failed_since(attempt, line, told):
        return State.FAILED
    if told or not is_expected:
        return told
    return State.NO_DUMP if has_arrived is False else State.AWAITED


def _told(line: RunLine | None) -> State | None:
    if line is None:
        return None
    state = OF_VERDICT[Judged(line.verdict)]
    return State.NO_DUMP if state in UNREMARKABLE and not line.records_seen else state


def _failed_since(attempt: Attempt, line: RunLine | None, told: State | None) -> bool:
    """Whether Airflow's run came to grief for another reason than the verdict that is on record."""
    if line is None:
        return True
    if line.run_id == attempt.run_id:
        return told in UNREMARKABLE  # a task behind: what was published is not curated
    return attempt.at > line.finished_at
