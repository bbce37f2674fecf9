"""What `plan` decided, for the steps after it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from copydesk.dumps import Kind
from copydesk.errors import BadInput
from copydesk.raw.inputs import InputFile
from copydesk.run import Run
from copydesk.workdir import PLAN, Workdir

SEGMENTED, CLEANED = "segmented.json", "cleaned.json"  # a shard that has it is finished for the step
CLOCK_SLACK = timedelta(days=1)  # a crawl may run past midnight, and newsrooms east of its clock are ahead
VALIDATE_SECONDS = "validate_seconds"  # what of `CLEANED` the expectations took, in seconds of CPU


def _plan(work: Workdir) -> dict[str, Any]:
    plan: dict[str, Any] | None = work.read_json(PLAN)
    if plan is None:
        raise BadInput(f"{work.storage.uri_of(work.path(PLAN))}: this run has no plan; clear the whole run, from `plan` on")
    return plan


def shard_numbers(work: Workdir) -> range:
    """The shards of the run."""
    return range(len(_plan(work)["shards"]))


def inputs_of(work: Workdir, shard: int) -> list[InputFile]:
    """The raw files of a shard."""
    return [InputFile(**file) for file in _plan(work)["shards"][shard]]


def started_at(work: Workdir) -> datetime:
    """When the run was planned."""
    return datetime.fromisoformat(_plan(work)["started_at"])


def not_after(run: Run) -> datetime:
    """No article of the run's dump was published later."""
    if run.kind is Kind.ARCHIVE:
        return started_at(run.work) + CLOCK_SLACK
    return datetime.combine(date.fromisoformat(run.key), datetime.min.time(), UTC) + timedelta(days=1) + CLOCK_SLACK


def count_finished(work: Workdir, name: str) -> int:
    """The shards for which a step left its result under `name`; 0 for a run without a plan."""
    if work.read_json(PLAN) is None:
        return 0
    return sum(work.read_json(work.shard(n, name)) is not None for n in shard_numbers(work))
