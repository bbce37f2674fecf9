"""One row of `runs`: what a run read, what became of it, and with which versions."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from typing import Any

import pyarrow as pa

from copydesk.curate.counts import COUNTED
from copydesk.favor import BALANCE, Favor
from copydesk.labels.learned_file import load_learned
from copydesk.lake.cached_lines import keep_lines
from copydesk.lake.layout import Given, partition_path
from copydesk.lake.publishing import append_run
from copydesk.lake.run_lines import line_of
from copydesk.run import Run
from copydesk.schema import REMOVED, RUNS, SCHEMA_VERSION
from copydesk.sites.book import own_version
from copydesk.sources import CURATE
from copydesk.steps.plan import CLEANED, SEGMENTED, VALIDATE_SECONDS, shard_numbers, started_at
from copydesk.steps.rows import rows_of
from copydesk.storage import Storage
from copydesk.workdir import Workdir

TIMED = {
    "segment": (SEGMENTED, "seconds"),
    "clean": (CLEANED, "seconds"),
    "validate": (CLEANED, VALIDATE_SECONDS),
}


def record_run(run: Run, outcome: dict[str, Any]) -> None:
    """Add the run to `runs`; calling it again for the same verdict adds nothing."""
    work = run.work
    started = started_at(work)
    known = {name: outcome[name] for name in RUNS.schema.names if name in outcome}
    row = {
        "kind": "ingest",
        **known,
        "run_id": run.run_id,
        "started_at": started,
        "finished_at": datetime.fromisoformat(outcome["judged_at"]),
        "blocks_removed": rows_of(work, REMOVED),
        "timings": [{"stage": stage, "seconds": seconds} for stage, seconds in _timings(work, outcome).items()],
        "versions": _versions(run.source.favor),
    }
    _add(run.lake, run.values, row, started)


def record_curation(
    lake: Storage, month: str, run_id: str, counts: dict[str, int], *, started: datetime, finished: datetime
) -> None:
    """Add a curation to `runs`, where it stands as the dump `month` of the source `curate`; what it counted are its figures."""
    row = {
        "run_id": run_id,
        "kind": "curate",
        "started_at": started,
        "finished_at": finished,
        "verdict": "pass",
        "records_accepted": counts["articles"],
        "figures": [{"figure": name, "value": counts[name]} for name in COUNTED if name in counts],
        "touched_months": [month],
        "timings": [{"stage": "curate", "seconds": round((finished - started).total_seconds(), 3)}],
        "versions": _versions(),
    }
    _add(lake, {"source": CURATE, "dump": month}, row, started)


def _add(lake: Storage, values: Given, row: dict[str, Any], started: datetime) -> None:
    """The row in its file, and then in short for those who show many."""
    table = pa.Table.from_pylist([row], RUNS.schema)
    part = append_run(lake, RUNS, values, table, started)
    if line := line_of(f"{partition_path(RUNS, values)}/{part.name}", table):
        keep_lines(lake, [line])


def _timings(work: Workdir, outcome: dict[str, Any]) -> dict[str, float]:
    """Seconds by stage, those of mapped steps all shards together; a replay is not judged."""
    timings = {stage: _seconds(work, *place) for stage, place in TIMED.items()}
    return timings | ({"judge": outcome["judge_seconds"]} if "judge_seconds" in outcome else {})


def _seconds(work: Workdir, name: str, key: str) -> float:
    """What every shard has under `key`; of a replay, the shard that was published before has no validation."""
    return float(round(sum(work.read_json(work.shard(n, name)).get(key, 0.0) for n in shard_numbers(work)), 3))


def _versions(favor: Favor = BALANCE) -> list[dict[str, str]]:
    versions = {"copydesk": version("copydesk"), "labeller": load_learned().version, "schema": str(SCHEMA_VERSION)}
    if own := own_version():
        versions["site rules"] = own
    if favor != BALANCE:
        versions["favor"] = favor
    return [{"part": part, "version": text} for part, text in versions.items()]
