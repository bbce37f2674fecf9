"""The raw files of a dump → shards of similar work, kept as the run's plan with a fingerprint of all that decides on its result."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from copydesk.dumps import Kind, place_of
from copydesk.errors import MissingDump
from copydesk.quality.suite import check_expectations
from copydesk.raw.cutting.sharing import share_out
from copydesk.raw.inputs import InputFile, list_inputs
from copydesk.run import Run
from copydesk.steps.fingerprint import fingerprint
from copydesk.workdir import PLAN, Workdir

BY_HAND = "cli-"  # how the ids begin of runs that no scheduler numbers


def plan_run(run: Run, now: datetime) -> list[int]:
    """Leaves the plan in the work folder, and what an earlier call with the same fingerprint has finished; the shards."""
    run.lake.check_writable()
    check_expectations(run.source)
    inputs = inputs_of_dump(run)
    if not inputs and (run.kind is Kind.ARCHIVE or run.source.on_missing != "empty"):
        raise MissingDump(f"{run.source.name} {run.key}: {_missing(run)}")
    mark = fingerprint(run, inputs)
    plan: dict[str, Any] | None = run.work.read_json(PLAN)
    if plan is None or plan["fingerprint"] != mark:
        run.work.clear()
        shards = [[asdict(file) for file in shard] for shard in share_out(run.raw, inputs, run.source, run.settings)]
        plan = {"started_at": now.isoformat(), "run_id": run.run_id, "fingerprint": mark, "shards": shards}
        run.work.write_json(PLAN, plan)
    return list(range(len(plan["shards"])))


def inputs_of_dump(run: Run) -> list[InputFile]:
    """The raw files of the run, by path; an unmounted root is no empty day."""
    raw = run.raw
    raw.check_readable()
    return list_inputs(raw, run.source, run.key, run.place)


def _missing(run: Run) -> str:
    if run.kind is Kind.ARCHIVE:
        return f"no file at {run.raw.uri}/{run.place or place_of(run.source.raw, run.key)}; give the archive's path or glob"
    return f"no dump under {run.raw.uri}/{place_of(run.source.raw, run.key)}; run the day again when it has arrived"


def resumable_id(run: Run) -> str:
    """A run id that a second call for an unchanged dump has too, so that it goes on where the first was killed."""
    return f"{BY_HAND}{fingerprint(run, inputs_of_dump(run))[:16]}"


def forget_abandoned(run: Run) -> None:
    """Delete the work of other calls by hand for the same dump: they were killed, and their input or code is no more."""
    parent = run.work.folder.rpartition("/")[0]
    for folder in run.lake.folders(parent):
        plan = Workdir(run.lake, folder).read_json(PLAN)
        if folder != run.work.folder and plan and plan["run_id"].startswith(BY_HAND):
            run.lake.delete_tree(folder)
