"""All shards together: the same id in two of them, the verdict, Data Docs, and the record of a run that is held."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.days import published_days
from copydesk.errors import BadInput
from copydesk.lake.layout import partition_path
from copydesk.quality.data_docs import render
from copydesk.quality.verdict import Metrics, Verdict, merge_outcomes
from copydesk.quality.verdict import judge as judge_metrics
from copydesk.records import Reason, Stage
from copydesk.schema import CLEAN, QUARANTINE, REMOVED
from copydesk.steps.planned import shard_numbers
from copydesk.steps.recording import inputs_of_run, record_run
from copydesk.steps.refusals import refuse
from copydesk.steps.shards import Sorted, keep, part_of, read_part
from copydesk.workdir import VERDICT, Workdir

if TYPE_CHECKING:
    from copydesk.pipeline import Run

Reasons = Counter[tuple[str, str]]  # rows by stage and first reason
COUNTED = ("verdict", "verdict_reasons", "records_seen", "records_accepted", "records_rejected")


def judge_run(run: Run, now: datetime) -> dict[str, Any]:
    """Leaves the verdict in the work folder and Data Docs in the lake; what was decided, and why."""
    work = run.work
    _drop_repeated(work)
    reasons = _reasons(work)
    metrics = _metrics(work, reasons)
    outcomes = merge_outcomes([work.read_json(work.shard(n, "outcomes.json")) for n in shard_numbers(work)])
    verdict = judge_metrics(metrics, outcomes, run.source)
    _write_docs(run, verdict, metrics)
    outcome = _outcome(verdict, metrics, reasons, now) | {"published_days": _published_days(work)}
    work.write_json(VERDICT, outcome)
    if verdict.value == "hold":
        record_run(run, outcome)
    return {name: outcome[name] for name in COUNTED}


def _drop_repeated(work: Workdir) -> None:
    """Where two shards hold the same id, the earlier one keeps it."""
    seen = pa.array([], pa.string())
    for n in shard_numbers(work):
        ids = read_part(work, n, CLEAN, ["article_id"])["article_id"].combine_chunks()
        is_repeated = pc.is_in(ids, seen)
        if pc.any(is_repeated).as_py():
            clean, quarantine, removed = (read_part(work, n, dataset) for dataset in (CLEAN, QUARANTINE, REMOVED))
            refused = refuse(clean.filter(is_repeated), Stage.VALIDATE, Reason.DUPLICATE_ID)
            is_left = pc.invert(pc.is_in(removed["article_id"], seen))
            keep(
                work,
                n,
                Sorted(clean.filter(pc.invert(is_repeated)), pa.concat_tables([quarantine, refused]), removed.filter(is_left)),
            )
        seen = pa.concat_arrays([seen, ids])


def _reasons(work: Workdir) -> Reasons:
    counts: Reasons = Counter()
    for n in shard_numbers(work):
        rows = read_part(work, n, QUARANTINE, ["stage", "reasons"]).to_pylist()
        counts.update((row["stage"], row["reasons"][0]) for row in rows)
    return counts


def _metrics(work: Workdir, reasons: Reasons) -> Metrics:
    """The counts of the run; BadInput where what the readers met is not what became of it."""
    seen = sum(account["records"] for account in inputs_of_run(work))
    accepted = sum(part_of(work, n, CLEAN).rows for n in shard_numbers(work))
    rejected = reasons.total()
    if seen != accepted + rejected:
        where = work.storage.uri_of(work.folder)
        found = f"the readers met {seen} records, but {accepted} were accepted and {rejected} rejected"
        raise BadInput(f"{where}: {found}: the shards are not of one run; clear the whole run, from `plan` on")
    duplicates = sum(count for (_, reason), count in reasons.items() if reason == Reason.DUPLICATE_ID)
    failed = sum(count for (stage, _), count in reasons.items() if stage == Stage.VALIDATE)
    return Metrics(seen, accepted, rejected, duplicates, accepted + failed - duplicates)


def _outcome(verdict: Verdict, metrics: Metrics, reasons: Reasons, now: datetime) -> dict[str, Any]:
    """What `runs` keeps of the judgement."""
    return {
        "judged_at": now.isoformat(),
        "verdict": verdict.value,
        "verdict_reasons": verdict.reasons,
        "records_seen": metrics.records_seen,
        "records_accepted": metrics.accepted,
        "records_rejected": metrics.rejected,
        "rejected_by_reason": [{"stage": stage, "reason": why, "records": n} for (stage, why), n in sorted(reasons.items())],
        "expectations": verdict.outcomes,
    }


def _published_days(work: Workdir) -> list[str]:
    return sorted({day for n in shard_numbers(work) for day in published_days(read_part(work, n, CLEAN, ["published_at"]))})


def _write_docs(run: Run, verdict: Verdict, metrics: Metrics) -> None:
    page = render(f"{run.source.name} {run.key}", verdict, metrics, run.source, run.not_after)
    folder = partition_path(CLEAN, run.values).replace(CLEAN.name, "data_docs", 1)
    run.lake.write_bytes(f"{folder}/index.html", page)
