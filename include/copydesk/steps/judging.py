"""All shards together: the same id in two of them, the verdict, Data Docs, and the record of a run that is held."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from copydesk.curate.days import published_days
from copydesk.dumps import Kind
from copydesk.quality.data_docs import render
from copydesk.quality.docs_folder import keep_docs
from copydesk.quality.figures import Tally, Values, day_of
from copydesk.quality.history import good_runs, learn
from copydesk.quality.verdict import Metrics, Verdict, merge_outcomes
from copydesk.quality.verdict import judge as judge_metrics
from copydesk.records import SET_ASIDE, Reason, Stage
from copydesk.run import Run
from copydesk.schema import CLEAN, QUARANTINE, REMOVED, Judged
from copydesk.steps.accounting import (
    Account,
    Reasons,
    by_reason,
    check_balance,
    check_files,
    count_reasons,
    fates_of,
    files_of_run,
)
from copydesk.steps.editions import noticed
from copydesk.steps.plan import not_after, shard_numbers
from copydesk.steps.recording import record_run
from copydesk.steps.rows import bring_together, read_facts, read_rows, rows_of
from copydesk.workdir import PUBLICATION, VERDICT, Workdir

COUNTED = ("verdict", "verdict_reasons", "records_seen", "records_accepted", "records_rejected", "rejected_by_reason")


def judge_run(run: Run, now: datetime) -> dict[str, Any]:
    """Leaves the verdict in the work folder and Data Docs in the lake; what was decided, and why."""
    work = run.work
    if published := work.read_json(PUBLICATION):  # such as a run that was held, and released since
        return {name: published[name] for name in COUNTED if name in published}
    started = time.process_time()
    bring_together(work)
    fates = fates_of(work)
    reasons, files = count_reasons(fates), files_of_run(work, fates)
    metrics = _metrics(work, reasons, files)
    check_files(work, files)
    outcomes = merge_outcomes([work.read_json(work.shard(n, "outcomes.json")) for n in shard_numbers(work)])
    figures = _figures(run, metrics)
    usual = learn(good_runs(run.lake, run.source, run.key), figures, run.source) if run.kind is Kind.DAY else {}
    verdict = judge_metrics(metrics, outcomes, run.source, figures, usual)
    _write_docs(run, verdict, metrics, now)
    outcome = _outcome(verdict, metrics, reasons, now) | {
        "published_days": published_days_of(work),
        "withdrawn": noticed(work),
        "inputs": files,
    }
    outcome["judge_seconds"] = round(time.process_time() - started, 3)
    work.write_json(VERDICT, outcome)
    if verdict.value == Judged.HOLD:
        record_run(run, outcome)
    return {name: outcome[name] for name in COUNTED}


def _metrics(work: Workdir, reasons: Reasons, files: list[Account]) -> Metrics:
    """The counts of the run; BadInput where what the readers met is not what became of it."""
    seen = sum(account["records"] for account in files)
    accepted = rows_of(work, CLEAN)
    rejected = reasons.total()
    check_balance(work.storage.uri_of(work.folder), seen, accepted, rejected)
    duplicates = sum(count for (_, reason), count in reasons.items() if reason == Reason.DUPLICATE_ID)
    failed = sum(count for (stage, _), count in reasons.items() if stage == Stage.VALIDATE)
    aside = sum(count for (_, reason), count in reasons.items() if reason in SET_ASIDE)
    return Metrics(seen, accepted, rejected, duplicates, accepted + failed - duplicates, aside)


def _outcome(verdict: Verdict, metrics: Metrics, reasons: Reasons, now: datetime) -> dict[str, Any]:
    """What `runs` keeps of the judgement."""
    return {
        "judged_at": now.isoformat(),
        "verdict": str(verdict.value),
        "verdict_reasons": verdict.reasons,
        "records_seen": metrics.records_seen,
        "records_accepted": metrics.accepted,
        "records_rejected": metrics.rejected,
        "rejected_by_reason": by_reason(reasons),
        "expectations": verdict.outcomes,
        "figures": verdict.figures,
    }


def _figures(run: Run, metrics: Metrics) -> Values:
    """What the run looks like, all shards together."""
    work, tally = run.work, Tally(day_of(run.key), run.source.language)
    for facts in read_facts(work):
        tally.add_accepted(facts)
    for quarantine in read_rows(work, QUARANTINE, ["stage", "published_at"]):
        tally.add_rejected(quarantine)
    return tally.figures(metrics.records_seen, metrics.rejected - metrics.set_aside, metrics.duplicates, rows_of(work, REMOVED))


def published_days_of(work: Workdir) -> list[str]:
    """The days of publication of the accepted rows, as the manifest names them."""
    return sorted({day for table in read_rows(work, CLEAN, ["published_at"]) for day in published_days(table)})


def _write_docs(run: Run, verdict: Verdict, metrics: Metrics, now: datetime) -> None:
    page = render(f"{run.source.name} {run.key}", verdict, metrics, run.source, not_after(run))
    keep_docs(run.lake, run.values, page, now)
