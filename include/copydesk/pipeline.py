"""One dump of one source, from raw files to published partitions, in steps that Airflow or the command line calls.

Each step leaves its result in the run's work folder and returns a small value; each can be killed and called again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from copydesk.dumps import is_month
from copydesk.errors import BadInput, Held
from copydesk.lake.layout import partition_path
from copydesk.processes.pool import ALONE
from copydesk.run import Run
from copydesk.schema import CLEAN, Judged
from copydesk.settings import Settings
from copydesk.steps.plan import CLEANED, SEGMENTED, count_finished
from copydesk.storage import Storage

if TYPE_CHECKING:
    from copydesk.processes.pool import Workers
    from copydesk.steps.deciding import Decision

Progress = Callable[[str, int, int], None]
Step = Callable[[Run, int], dict[str, Any]]


def dump_is_there(run: Run) -> bool:
    """Whether a raw file of the partition exists; BadInput where not even the root of the dumps does."""
    from copydesk.steps.planning import inputs_of_dump

    return bool(inputs_of_dump(run))


def has_arrived(run: Run, at: datetime | None = None) -> bool:
    """Whether the wait for the dump is over; MissingDump past the deadline, unless the source goes on with what is there."""
    from copydesk.raw import arrival

    raw = run.raw
    raw.check_readable()
    return arrival.has_arrived(raw, run.source, run.key, at or datetime.now(UTC))


def deadline(run: Run) -> datetime:
    """When the wait for the dump is over, whether it has come or not."""
    from copydesk.raw.arrival import deadline_of

    return deadline_of(run.source, run.key)


def check_published(run: Run) -> dict[str, Any]:
    """How the day stands, which should be published by now; Overdue where it is not."""
    from copydesk.upkeep.overdue import check_published

    return check_published(run)


def resumable(run: Run) -> Run:
    """The run under an id that its input, source, settings and code decide: after a kill a second call goes on."""
    from copydesk.steps.planning import resumable_id

    return replace(run, run_id=resumable_id(run))


def finished_shards(run: Run) -> dict[str, int]:
    """How many shards of the run each mapped step has finished."""
    return {"segmented": count_finished(run.work, SEGMENTED), "cleaned": count_finished(run.work, CLEANED)}


def plan(run: Run) -> list[int]:
    """List the raw files and cut them into shards; what an earlier call of the same plan has finished is kept."""
    from copydesk.steps.planning import plan_run

    return plan_run(run, datetime.now(UTC))


def segment(run: Run, shard: int) -> dict[str, Any]:
    """Read a shard's records into documents and blocks, and count its lines."""
    from copydesk.steps.accounting import hash_files
    from copydesk.steps.segmenting import segment_shard

    def segment_and_hash(run: Run, shard: int) -> dict[str, Any]:
        hash_files(run, shard)
        return segment_shard(run, shard)

    return _timed(run, shard, SEGMENTED, segment_and_hash)


def add_up_repetition(run: Run, workers: Workers = ALONE) -> dict[str, Any]:
    """Add up in how many documents of the dump each line stands, and settle which versions of agencies' items count."""
    from copydesk.steps.counting import add_up_shards
    from copydesk.steps.editions import settle

    settle(run)
    return {"repeated_lines": add_up_shards(run.work, workers)}


def clean(run: Run, shard: int) -> dict[str, Any]:
    """Label a shard's blocks, assemble its articles, and check every row."""
    from copydesk.steps.cleaning import clean_shard

    return _timed(run, shard, CLEANED, clean_shard)


def judge(run: Run) -> dict[str, Any]:
    """Decide on the partition as a whole; Held, once that is on record, where it may not be published."""
    from copydesk.steps.accounting import commonest
    from copydesk.steps.judging import judge_run

    outcome = judge_run(run, datetime.now(UTC))
    if outcome["verdict"] == Judged.HOLD:
        reasons = "; ".join(outcome["verdict_reasons"])
        if rejected := commonest(outcome["rejected_by_reason"]):
            reasons += f"; in quarantine: {rejected}"
        name = f"{run.source.name} {run.key}"
        advice = f"look at it with `copydesk quarantine show {name}`, then `copydesk release {name}` or `copydesk reject {name}`"
        raise Held(f"{name}: held, nothing was published: {reasons}; {advice}")
    return outcome


def publish(run: Run, workers: Workers = ALONE) -> dict[str, Any]:
    """Put the partition where readers look; its counts, and the publication months it touched."""
    from copydesk.steps.publishing import publish_run

    return publish_run(run, workers)


def release(run: Run, decision: Decision) -> dict[str, Any]:
    """Publish the run of this dump that is held, as it is, and put on record who released it; the counts of `publish`."""
    from copydesk.lake.locks import alone
    from copydesk.steps import deciding

    with alone(run.lake, partition_path(CLEAN, run.values)):
        return deciding.release(_held(run), decision)


def reject(run: Run, decision: Decision) -> None:
    """Do away with the run of this dump that is held, and put on record who rejected it."""
    from copydesk.lake.locks import alone
    from copydesk.steps import deciding

    with alone(run.lake, partition_path(CLEAN, run.values)):
        deciding.reject(_held(run), decision)


def _held(run: Run) -> Run:
    from copydesk.steps.deciding import find_held

    held = find_held(run)
    if held is None:
        raise BadInput(f"{run.source.name} {run.key}: no run of it is held; `copydesk datasets` shows the verdicts")
    return held


def replay(run: Run, reason: str | None = None) -> dict[str, Any]:
    """Do the records again that are in quarantine, all or those with a reason; counts, once what is accepted now is published.

    After a kill, a second call ends what the first had begun to publish.
    """
    from copydesk.lake.locks import alone
    from copydesk.steps.replaying import replay_quarantine

    with alone(run.lake, partition_path(CLEAN, run.values)):
        return replay_quarantine(run, reason, datetime.now(UTC))


def curate(month: str, settings: Settings, run_id: str | None = None) -> dict[str, int]:
    """Bring `articles` of a publication month (`2026-11`, or `unknown`) up to date with `clean`, and say so in `runs`."""
    from copydesk.curate.months import curate_month
    from copydesk.steps.recording import record_curation

    if not is_month(month):
        raise BadInput(f"{month!r} is no month of publication; give it as YYYY-MM, such as 2026-11, or `unknown`")
    lake = Storage.open(settings.lake)
    lake.check_writable()
    started = datetime.now(UTC)
    counts = curate_month(lake, month)
    run_id = run_id or f"curate-{month}-{started:%Y%m%dT%H%M%S}"
    record_curation(lake, month, run_id, counts, started=started, finished=datetime.now(UTC))
    return counts


def run_partition(run: Run, on_progress: Progress | None = None) -> dict[str, Any]:
    """Every step in order, shards side by side in a pool of processes; the counts of `publish`.

    After a kill, a second call with the same run id does only what is not finished.
    """
    from copydesk.lake.locks import alone
    from copydesk.processes.pool import Processes
    from copydesk.steps.planning import forget_abandoned

    with alone(run.lake, partition_path(CLEAN, run.values)), Processes(run.settings.processes) as processes:
        forget_abandoned(run)
        counts = _in_order(run, processes, on_progress or _say_nothing)
        run.work.clear()  # nobody calls a step of this run again, as Airflow may
    return counts


def run_alone(run: Run) -> dict[str, Any]:
    """Every step in order in this process, which leaves the work folder as a run of Airflow does; the counts of `publish`."""
    return _in_order(run, ALONE, _say_nothing)


def _in_order(run: Run, workers: Workers, report: Progress) -> dict[str, Any]:
    shards = plan(run)
    _each_shard(segment, run, shards, workers, report)
    workers.prepare(_prepare_to_clean)
    add_up_repetition(run, workers)
    _each_shard(clean, run, shards, workers, report)
    workers.once(partial(judge, run))
    return publish(run, workers)


def _each_shard(step: Step, run: Run, shards: list[int], workers: Workers, report: Progress) -> None:
    """Call a step for every shard; the first failure ends it."""
    name = step.__name__
    report(name, 0, len(shards))
    for done, _ in enumerate(workers.each(partial(step, run), shards), 1):
        report(name, done, len(shards))


def _prepare_to_clean() -> None:
    from copydesk.quality.engine import great_expectations

    great_expectations()


def _say_nothing(_step: str, _done: int, _total: int) -> None:
    """Progress of a run that nobody watches."""


def _timed(run: Run, shard: int, name: str, step: Step) -> dict[str, Any]:
    """The step's counts and seconds, kept for the record of the run; a shard that has them is finished."""
    kept: dict[str, Any] | None = run.work.read_json(run.work.shard(shard, name))
    if kept is not None:
        return kept
    started = time.perf_counter()
    counts = {**step(run, shard), "seconds": round(time.perf_counter() - started, 3)}
    run.work.write_json(run.work.shard(shard, name), counts)
    return counts
