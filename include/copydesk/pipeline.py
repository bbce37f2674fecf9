"""One dump of one source, from raw files to published partitions, in steps that Airflow or the command line calls.

Each step leaves its result in the run's work folder and returns a small value; each can be killed and called again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from copydesk.errors import BadInput, Held, MissingDump
from copydesk.settings import Settings
from copydesk.sources import Source, find
from copydesk.storage import Storage
from copydesk.workdir import PLAN, REPETITION, Workdir

if TYPE_CHECKING:
    from copydesk.raw.inputs import InputFile

Progress = Callable[[str, int, int], None]
DAY = re.compile(r"\d{4}-\d\d-\d\d")
CLOCK_SLACK = timedelta(days=1)  # a crawl may run past midnight, and newsrooms east of its clock are ahead


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt to make the partition `key` of a source."""

    source: Source
    key: str
    run_id: str
    settings: Settings

    @classmethod
    def from_env(cls, name: str, key: str, run_id: str) -> Self:
        """The run of a source by its name, with the settings of the process environment."""
        settings = Settings.from_env()
        return cls(find(name, settings.sources), key, run_id, settings)

    @property
    def lake(self) -> Storage:
        """Where the datasets are."""
        return Storage.open(self.settings.lake)

    @property
    def raw(self) -> Storage:
        """Where the dumps are."""
        return Storage.open(self.settings.raw)

    @property
    def work(self) -> Workdir:
        """Where the steps leave what the next ones need."""
        return Workdir.of(self.lake, self.source.name, self.key, self.run_id)

    @property
    def values(self) -> dict[str, str]:
        """The partition of the datasets by source and dump."""
        return {"source": self.source.name, "dump": self.key}

    @property
    def not_after(self) -> datetime:
        """No article of this dump was published later."""
        return datetime.combine(date.fromisoformat(self.key), datetime.min.time(), UTC) + timedelta(days=1) + CLOCK_SLACK

    def __post_init__(self) -> None:
        """BadInput where the key is no day: it would become a partition that no later dump replaces."""
        if not DAY.fullmatch(self.key) or not _is_day(self.key):
            raise BadInput(f"{self.source.name}: {self.key!r} is no day; give the day of the dump, such as 2026-11-03")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def dump_is_there(run: Run) -> bool:
    """Whether a raw file of the partition exists; BadInput where not even the root of the dumps does."""
    return bool(_inputs(run))


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


def plan(run: Run) -> list[int]:
    """List the raw files and cut them into shards; MissingDump where there is none and the source minds."""
    from copydesk.raw.inputs import cut_shards

    run.lake.check_writable()
    inputs = _inputs(run)
    if not inputs and run.source.on_missing != "empty":
        where = f"{run.settings.raw}/{run.source.raw.replace('{key}', run.key)}"
        raise MissingDump(f"{run.source.name} {run.key}: no dump under {where}; run the day again when it has arrived")
    shards = cut_shards(inputs, run.settings)
    run.work.clear()
    files = [[{"path": f.path, "uri": f.uri, "size": f.size} for f in shard] for shard in shards]
    run.work.write_json(PLAN, {"started_at": datetime.now(UTC).isoformat(), "shards": files})
    return list(range(len(shards)))


def segment(run: Run, shard: int) -> dict[str, Any]:
    """Read a shard's records into documents and blocks, and count its lines."""
    from copydesk.steps.segmenting import segment_shard

    return _timed(run, shard, "segmented.json", segment_shard)


def add_up_repetition(run: Run) -> dict[str, Any]:
    """Add up in how many documents of the dump each line stands."""
    from copydesk.labels.repetition import LINES, add_up
    from copydesk.steps.planned import shard_numbers

    work = run.work
    counts = [table for n in shard_numbers(work) for table in work.read_tables(work.shard(n, "lines.arrow"))]
    total = add_up(counts)
    work.write_tables(REPETITION, LINES, [total])
    return {"repeated_lines": total.num_rows}


def clean(run: Run, shard: int) -> dict[str, Any]:
    """Label a shard's blocks, assemble its articles, and check every row."""
    from copydesk.steps.cleaning import clean_shard

    return _timed(run, shard, "cleaned.json", clean_shard)


def judge(run: Run) -> dict[str, Any]:
    """Decide on the partition as a whole; Held, once that is on record, where it may not be published."""
    from copydesk.steps.judging import judge_run

    outcome = judge_run(run, datetime.now(UTC))
    if outcome["verdict"] == "hold":
        reasons = "; ".join(outcome["verdict_reasons"])
        raise Held(f"{run.source.name} {run.key}: held, nothing was published: {reasons}")
    return outcome


def publish(run: Run) -> dict[str, Any]:
    """Put the partition where readers look; its counts, and the publication months it touched."""
    from copydesk.steps.publishing import publish_run

    return publish_run(run)


def curate(month: str, settings: Settings, run_id: str | None = None) -> dict[str, int]:
    """Bring `articles` of a publication month (`2026-11`, or `unknown`) up to date with `clean`, and say so in `runs`."""
    from copydesk.curate.months import curate_month
    from copydesk.steps.recording import record_curation

    lake = Storage.open(settings.lake)
    lake.check_writable()
    started = datetime.now(UTC)
    counts = curate_month(lake, month)
    run_id = run_id or f"curate-{month}-{started:%Y%m%dT%H%M%S}"
    record_curation(lake, month, run_id, counts, started=started, finished=datetime.now(UTC))
    return counts


def run_partition(run: Run, on_progress: Progress | None = None) -> dict[str, Any]:
    """Every step in order, shards side by side in a pool of processes; the counts of `publish`."""
    from copydesk.steps.pool import each_shard

    report = on_progress or _say_nothing
    shards = plan(run)
    each_shard(segment, run, shards, report)
    add_up_repetition(run)
    each_shard(clean, run, shards, report)
    judge(run)
    counts = publish(run)
    run.work.clear()  # nobody calls a step of this run again, as Airflow may
    return counts


def _inputs(run: Run) -> list[InputFile]:
    """The partition's raw files; an unmounted root is no empty day."""
    from copydesk.raw.inputs import list_inputs

    raw = run.raw
    raw.check_readable()
    return list_inputs(raw, run.source, run.key)


def _say_nothing(_step: str, _done: int, _total: int) -> None:
    """Progress of a run that nobody watches."""


def _timed(run: Run, shard: int, name: str, step: Callable[[Run, int], dict[str, Any]]) -> dict[str, Any]:
    """The step's counts and seconds, kept for the record of the run."""
    started = time.perf_counter()
    counts = {**step(run, shard), "seconds": round(time.perf_counter() - started, 3)}
    run.work.write_json(run.work.shard(shard, name), counts)
    return counts
