"""A held run is released or rejected by a person; what it made is kept in its work folder until then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from copydesk.errors import BadInput
from copydesk.lake.ingested import last_taken
from copydesk.run import Run
from copydesk.schema import Judged
from copydesk.steps.plan import started_at
from copydesk.steps.planning import BY_HAND
from copydesk.steps.publishing import publish_run
from copydesk.steps.recording import record_run
from copydesk.workdir import PLAN, VERDICT, Workdir


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided on a held run, when, and why."""

    by: str
    at: datetime
    reason: str | None

    def on(self, outcome: dict[str, Any], verdict: str) -> dict[str, Any]:
        """What `runs` keeps of the run once this was decided."""
        decided = {"verdict": verdict, "decided_by": self.by, "decision_reason": self.reason, "judged_at": self.at.isoformat()}
        return outcome | decided


def find_held(run: Run) -> Run | None:
    """The run of the same dump that was held last; None where there is none, or a later one was published since."""
    held = sorted(_held(run), key=lambda one: one.work.read_json(VERDICT)["judged_at"])
    taken = last_taken(run.lake, run.source.name).get(run.key)
    if not held or (taken and taken.started_at > started_at(held[-1].work)):
        return None
    return held[-1]


def release(run: Run, decision: Decision) -> dict[str, Any]:
    """Publish a held run as it is, and put on record who released it; called again after a kill, it ends what it began."""
    work = run.work
    outcome = work.read_json(VERDICT)
    if outcome["verdict"] == Judged.HOLD:
        work.write_json(VERDICT, decision.on(outcome, Judged.RELEASED))
    counts = publish_run(run)
    if run.run_id.startswith(BY_HAND):
        work.clear()  # of a run of Airflow the counts stay, for the tasks behind
    return counts


def reject(run: Run, decision: Decision) -> None:
    """Do away with what a held run made, once it is on record who rejected it; what was published before still stands."""
    outcome = run.work.read_json(VERDICT)
    if outcome["verdict"] == Judged.RELEASED:
        raise BadInput(f"{run.source.name} {run.key}: {outcome['decided_by']} has released it; call release again to end that")
    record_run(run, decision.on(outcome, Judged.REJECTED))
    run.work.clear()


def _held(run: Run) -> Iterator[Run]:
    """Runs of the dump that wait for a decision, or whose release was begun."""
    parent = run.work.folder.rpartition("/")[0]
    for folder in run.lake.folders(parent):
        work = Workdir(run.lake, folder)
        plan, outcome = work.read_json(PLAN), work.read_json(VERDICT)
        if plan and outcome and outcome["verdict"] in (Judged.HOLD, Judged.RELEASED):
            yield replace(run, run_id=plan["run_id"])
