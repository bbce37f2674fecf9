"""One row of `runs`: what a run read, what became of it, and with which versions."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from copydesk.labels.learned import load_learned
from copydesk.lake.publishing import append_run
from copydesk.schema import REMOVED, RUNS, SCHEMA_VERSION
from copydesk.steps.planned import shard_numbers, started_at
from copydesk.steps.shards import part_of
from copydesk.workdir import Workdir

if TYPE_CHECKING:
    from copydesk.pipeline import Run

TIMED = {"segment": "segmented.json", "clean": "cleaned.json"}


def record_run(run: Run, outcome: dict[str, Any]) -> None:
    """Add the run to `runs`; calling it again for the same verdict adds nothing."""
    work = run.work
    started = started_at(work)
    known = {name: outcome[name] for name in RUNS.schema.names if name in outcome}
    row = {
        **known,
        "run_id": run.run_id,
        "kind": "ingest",
        "started_at": started,
        "finished_at": datetime.fromisoformat(outcome["judged_at"]),
        "blocks_removed": sum(part_of(work, n, REMOVED).rows for n in shard_numbers(work)),
        "inputs": inputs_of_run(work),
        "timings": [{"stage": stage, "seconds": _seconds(work, name)} for stage, name in TIMED.items()],
        "versions": [{"part": part, "version": text} for part, text in _versions().items()],
    }
    append_run(run.lake, RUNS, run.values, pa.Table.from_pylist([row], RUNS.schema), started)


def inputs_of_run(work: Workdir) -> list[dict[str, Any]]:
    """The account of each raw file that was read."""
    return [account for n in shard_numbers(work) for account in work.read_json(work.shard(n, "inputs.json"))]


def _seconds(work: Workdir, name: str) -> float:
    """Seconds of a mapped step, all shards together."""
    return float(round(sum(work.read_json(work.shard(n, name))["seconds"] for n in shard_numbers(work)), 3))


def _versions() -> dict[str, str]:
    return {"copydesk": version("copydesk"), "labeller": load_learned().version, "schema": str(SCHEMA_VERSION)}
