"""All shards together: the same id in two of them, the verdict, Data Docs, and the record of a run that is held."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.curate.days import published_days, touched_months
from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import load
from copydesk.quality.data_docs import render
from copydesk.quality.verdict import Metrics, Verdict, merge_outcomes
from copydesk.quality.verdict import judge as judge_metrics
from copydesk.records import Reason
from copydesk.schema import CLEAN, QUARANTINE, REMOVED, Dataset
from copydesk.steps.cleaning import Sorted, keep, part_path, split_repeated
from copydesk.steps.planned import shard_numbers
from copydesk.steps.recording import record_run
from copydesk.workdir import VERDICT, Workdir

if TYPE_CHECKING:
    from copydesk.pipeline import Run


def judge_run(run: Run, now: datetime) -> dict[str, Any]:
    """Leaves the verdict in the work folder and Data Docs in the lake; what was decided, and why."""
    work = run.work
    _drop_repeated(work)
    reasons = _reasons(work)
    metrics = _metrics(work, reasons)
    outcomes = merge_outcomes([work.read_json(work.shard(n, "outcomes.json")) for n in shard_numbers(work)])
    verdict = judge_metrics(metrics, outcomes, run.source)
    _write_docs(run, verdict, metrics)
    days = sorted({day for n in shard_numbers(work) for day in published_days(_read(work, n, CLEAN, ["published_at"]))})
    live = load(work.storage, partition_path(CLEAN, run.values))
    summary = {"published_days": days}
    outcome = {
        "judged_at": now.isoformat(),
        "verdict": verdict.value,
        "verdict_reasons": verdict.reasons,
        "records_seen": metrics.records_seen,
        "records_accepted": metrics.accepted,
        "records_rejected": metrics.rejected,
        "rejected_by_reason": [{"stage": stage, "reason": why, "records": n} for (stage, why), n in sorted(reasons.items())],
        "expectations": verdict.outcomes,
        "summary": summary,
        # Of the partition that is replaced too: a month that loses its articles must be curated again.
        "touched_months": touched_months(live.summary if live else None, summary),
    }
    work.write_json(VERDICT, outcome)
    if verdict.value == "hold":
        record_run(run, outcome)
    return {name: outcome[name] for name in ("verdict", "verdict_reasons", "records_seen", "records_accepted", "records_rejected")}


def _drop_repeated(work: Workdir) -> None:
    """Where two shards hold the same id, the earlier one keeps it."""
    seen = pa.array([], pa.string())
    for n in shard_numbers(work):
        ids = pa.concat_tables(work.read_tables(work.shard(n, "ids.arrow")))["article_id"].combine_chunks()
        if pc.any(pc.is_in(ids, seen)).as_py():
            clean, quarantine, removed = (_read(work, n, dataset) for dataset in (CLEAN, QUARANTINE, REMOVED))
            repeated, clean = split_repeated(clean, seen)
            removed = removed.filter(pc.is_in(removed["article_id"], clean["article_id"].combine_chunks()))
            keep(work, n, Sorted(clean, pa.concat_tables([quarantine, repeated]), removed))
        seen = pa.concat_arrays([seen, ids])


def _reasons(work: Workdir) -> Counter[tuple[str, str]]:
    """Quarantined rows by stage and first reason."""
    counts: Counter[tuple[str, str]] = Counter()
    for n in shard_numbers(work):
        rows = _read(work, n, QUARANTINE, ["stage", "reasons"]).to_pylist()
        counts.update((row["stage"], row["reasons"][0]) for row in rows)
    return counts


def _metrics(work: Workdir, reasons: Counter[tuple[str, str]]) -> Metrics:
    accepted = sum(work.read_json(work.shard(n, "parts.json"))["clean"]["rows"] for n in shard_numbers(work))
    rejected = reasons.total()
    duplicates = sum(count for (_, reason), count in reasons.items() if reason == Reason.DUPLICATE_ID)
    failed = sum(count for (stage, _), count in reasons.items() if stage == "validate")
    return Metrics(accepted + rejected, accepted, rejected, duplicates, accepted + failed - duplicates)


def _read(work: Workdir, shard: int, dataset: Dataset, columns: list[str] | None = None) -> pa.Table:
    """A shard's rows of a dataset."""
    name = work.read_json(work.shard(shard, "parts.json"))[dataset.name]["name"]
    with work.storage.open_random(part_path(work, shard, dataset, name)) as stream:
        return pq.read_table(stream, columns=columns)


def _write_docs(run: Run, verdict: Verdict, metrics: Metrics) -> None:
    page = render(f"{run.source.name} {run.key}", verdict, metrics, run.source, run.not_after)
    folder = partition_path(CLEAN, run.values).replace(CLEAN.name, "data_docs", 1)
    run.lake.write_bytes(f"{folder}/index.html", page)


