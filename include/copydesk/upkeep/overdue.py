"""Whether a day is published by the time at which people look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.errors import Overdue
from copydesk.lake.run_files import RunFiles
from copydesk.run import Run
from copydesk.schema import PUBLISHED, Judged

if TYPE_CHECKING:
    from copydesk.lake.run_lines import RunLine


def check_published(run: Run) -> dict[str, Any]:
    """The last published run of the day; Overdue where none is, with what there is instead."""
    ingested = [line for line in RunFiles(run.lake).of_dump(run.source.name, run.key) if line.kind == "ingest"]
    good = [line for line in ingested if line.verdict in PUBLISHED]
    if good:
        return {"verdict": good[-1].verdict, "finished_at": good[-1].finished_at.isoformat()}
    name = f"{run.source.name} {run.key}"
    raise Overdue(f"{name}: not published by {run.source.good_by}: {_state(run, ingested)}")


def _state(run: Run, ingested: list[RunLine]) -> str:
    name = f"{run.source.name} {run.key}"
    if ingested and ingested[-1].verdict == Judged.HOLD:
        return f"its run is held; `copydesk release {name}` or `copydesk reject {name}`"
    if ingested:
        return "its run was rejected; run the day again when the dump is right"
    from copydesk.steps.planning import inputs_of_dump

    files = len(inputs_of_dump(run))
    if files:
        return f"no run of it came to a verdict, and {files} raw files are there; look at the DAG ingest_{run.source.name}"
    return "no run of it came to a verdict, and no raw file is there"
