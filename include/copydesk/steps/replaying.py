"""Records in quarantine are done again from their origin, after a rule or a model was corrected, and join their partition.

The work folder of a replay looks like that of a run: its first shard is the partition as it is published, the others hold the
records that were done again. So it is published as a run is, in one step, and goes on like one after a kill.
"""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.days import WITHDRAWN
from copydesk.errors import BadInput
from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import Manifest, load
from copydesk.lake.parts import write_part
from copydesk.quality.verdict import merge_outcomes
from copydesk.records import SET_ASIDE
from copydesk.run import Run
from copydesk.schema import CLEAN, QUARANTINE, REMOVED, Judged
from copydesk.steps.accounting import by_reason, count_reasons, fates_of
from copydesk.steps.cleaning import clean_shard
from copydesk.steps.judging import published_days_of
from copydesk.steps.origins import Wanted, shards_again
from copydesk.steps.past_runs import Published, last_published
from copydesk.steps.plan import CLEANED, SEGMENTED, shard_numbers
from copydesk.steps.publishing import publish_run, repetition_path
from copydesk.steps.quarantined import published_rows
from copydesk.steps.rows import bring_together, rows_of
from copydesk.steps.segmenting import segment_shard
from copydesk.steps.shards import PARTS
from copydesk.workdir import PLAN, REPETITION, VERDICT, Workdir

REPLAY = "replay"


def replay_quarantine(run: Run, reason: str | None, now: datetime) -> dict[str, Any]:
    """Publish the partition with the records that are accepted now; the counts of that."""
    published = last_published(run)
    if published is None:
        name = f"{run.source.name} {run.key}"
        raise BadInput(f"{name}: nothing of it is published, so there is nothing to replay; do it whole: `copydesk run {name}`")
    run = replace(run, run_id=REPLAY)
    plan, outcome = run.work.read_json(PLAN), run.work.read_json(VERDICT)
    if not plan or not outcome or plan["replays"] != published.mark:
        outcome = _prepare(run, published, reason, now)
    counts = publish_run(run)
    run.work.clear()
    replayed: dict[str, Any] = outcome["replayed"]
    return replayed | {name: counts[name] for name in ("records_accepted", "records_rejected", "touched_months")}


def _prepare(run: Run, published: Published, reason: str | None, now: datetime) -> dict[str, Any]:
    """Leaves in the work folder all that is to be published; what stands on record of it."""
    work = run.work
    work.clear()
    rows = published_rows(run)
    is_wanted = _has_reason(rows, reason)
    wanted = Wanted(rows.filter(is_wanted))
    uris = set(wanted.rows["origin_uri"].to_pylist())
    shards = [[asdict(file) for file in shard] for shard in shards_again(run, published, uris)]
    plan = {"started_at": now.isoformat(), "run_id": REPLAY, "replays": published.mark, "shards": [[], *shards]}
    work.write_json(PLAN, plan)
    _link_repetition(run)
    live = {dataset.name: _live(run, dataset) for dataset in (CLEAN, QUARANTINE, REMOVED)}
    for n in range(1, len(shards) + 1):
        _timed(work, n, SEGMENTED, lambda n=n: segment_shard(run, n, wanted.is_met))
        _timed(work, n, CLEANED, lambda n=n: clean_shard(run, n))
    _stage_live(run, live, pa.concat_tables([rows.filter(pc.invert(is_wanted)), wanted.unmet()]))
    bring_together(work)
    outcome = _outcome(run, live, wanted, now)
    work.write_json(VERDICT, outcome)
    return outcome


def _has_reason(rows: pa.Table, reason: str | None) -> pa.Array:
    """Which rows have it, or any that may be mended: versions of an agency's item are settled by a whole run alone."""
    of_rows = rows["reasons"].to_pylist()
    return pa.array([SET_ASIDE.isdisjoint(each) and (reason is None or reason in each) for each in of_rows], pa.bool_())


def _link_repetition(run: Run) -> None:
    path = repetition_path(run)
    if run.lake.size(path) is None:
        advice = "it was published by an older version; ingest it anew"
        raise BadInput(f"{run.lake.uri_of(path)}: how often the lines of this dump repeat was not kept: {advice}")
    run.lake.link_file(path, run.work.path(REPETITION))


def _live(run: Run, dataset: Any) -> Manifest:
    manifest = load(run.lake, partition_path(dataset, run.values))
    if manifest is None:
        raise BadInput(f"{run.source.name} {run.key}: no `{dataset.name}` of it is published; ingest it anew")
    return manifest


def _stage_live(run: Run, live: dict[str, Manifest], quarantine: pa.Table) -> None:
    """The partition as it is becomes the first shard, with what is left of its quarantine."""
    work, parts = run.work, {}
    for dataset in (CLEAN, REMOVED):
        folder = partition_path(dataset, run.values)
        for part in live[dataset.name].parts:
            run.lake.link_file(f"{folder}/{part.name}", work.path(work.shard(0, f"{dataset.name}/{part.name}")))
        parts[dataset.name] = [asdict(part) for part in live[dataset.name].parts]
    left = write_part(run.lake, work.path(work.shard(0, QUARANTINE.name)), QUARANTINE, quarantine)
    work.write_json(work.shard(0, PARTS), parts | {QUARANTINE.name: [asdict(left)]})
    for name in (SEGMENTED, CLEANED):
        work.write_json(work.shard(0, name), {"seconds": 0.0})


def _outcome(run: Run, live: dict[str, Manifest], wanted: Wanted, now: datetime) -> dict[str, Any]:
    """What `runs` keeps; BadInput where a record was lost or came twice."""
    work = run.work
    reasons = count_reasons(fates_of(work))
    accepted = rows_of(work, CLEAN)
    before = live[CLEAN.name].rows
    seen, rejected = before + live[QUARANTINE.name].rows, reasons.total()
    if seen != accepted + rejected:
        found = f"{seen} records were met by the run, but {accepted} are accepted and {rejected} rejected now"
        raise BadInput(f"{run.source.name} {run.key}: {found}; nothing was published: ingest it anew")
    outcomes = merge_outcomes([work.read_json(work.shard(n, "outcomes.json")) for n in shard_numbers(work) if n])
    warnings = [one for one in outcomes if one["severity"] == "warning" and not one["success"]]
    return {
        "kind": REPLAY,
        "judged_at": now.isoformat(),
        "verdict": Judged.WARN if warnings else Judged.PASS,
        "verdict_reasons": [
            f"warning: {one['expectation']}:{one['column']} failed on {one['failed_rows']} rows" for one in warnings
        ],
        "records_seen": seen,
        "records_accepted": accepted,
        "records_rejected": rejected,
        "rejected_by_reason": by_reason(reasons),
        "expectations": outcomes,
        "published_days": published_days_of(work),
        "withdrawn": live[CLEAN.name].summary.get(WITHDRAWN, {}),
        "inputs": [],
        "replayed": {
            "replayed": len(wanted.met),
            "accepted": accepted - before,
            "not_found": wanted.rows.num_rows - len(wanted.met),
        },
    }


def _timed(work: Workdir, shard: int, name: str, step: Any) -> None:
    started = time.perf_counter()
    work.write_json(work.shard(shard, name), {**step(), "seconds": round(time.perf_counter() - started, 3)})
