"""What a task did: a line in its log, and metrics by way of Airflow's own, to StatsD or OpenTelemetry where one of them is configured."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.run import Run
    from copydesk.steps.measuring import Measure

SECONDS, OVERDUE, FINDINGS, GONE = "copydesk.seconds", "copydesk.overdue", "copydesk.scrub_findings", "copydesk.housekeeping_gone"
Counts = dict[str, Any]


class Step:
    """A step of a run in a task: every line that is logged in it says of which run and shard."""

    def __init__(self, run: Run, stage: str, shard: int | None) -> None:
        self._run = run
        self._stage = stage
        self._shard = shard

    def done(self, counts: Counts) -> Counts:
        """Tell what the step came to, and give it back."""
        from copydesk.steps.measuring import measures

        send(measures(self._run, self._stage, counts, self._shard))
        log_counts(self._stage, counts)
        return counts


@contextmanager
def step(run: Run, stage: str, shard: int | None = None) -> Iterator[Step]:
    """Time a step, whatever comes of it; a judgement says why records were rejected also where the run is held."""
    from copydesk.steps.measuring import judged

    with timed(run.source.name, stage), told(source=run.source.name, key=run.key, dag_run=run.run_id, shard=shard):
        try:
            yield Step(run, stage, shard)
        finally:
            if stage == "judge":
                send(judged(run))


@contextmanager
def timed(source: str, stage: str) -> Iterator[None]:
    """The seconds of a stage on the clock, also of one that failed."""
    from airflow.sdk.observability.stats import Stats

    started = time.monotonic()
    try:
        yield
    finally:
        Stats.timing(SECONDS, timedelta(seconds=time.monotonic() - started), tags={"source": source, "stage": stage})


@contextmanager
def told(**of: Any) -> Iterator[None]:
    """What is logged meanwhile says of what it is."""
    from structlog.contextvars import bound_contextvars

    with bound_contextvars(**{name: value for name, value in of.items() if value is not None}):
        yield


def log_counts(stage: str, counts: Counts) -> None:
    """One line with the numbers of the step as fields."""
    import structlog

    numbers = {name: value for name, value in counts.items() if isinstance(value, int | float | str)}
    structlog.get_logger("copydesk").info(f"{stage} done", stage=stage, **numbers)


def send(measures: Iterable[Measure]) -> None:
    """Add to Airflow's metrics."""
    for measure in measures:
        count(measure.name, measure.value, measure.tags)


def count(name: str, value: int, tags: Mapping[str, str]) -> None:
    """Add to one of them."""
    from airflow.sdk.observability.stats import Stats

    Stats.incr(name, value, tags={key: tag.replace(":", ".") for key, tag in tags.items()})  # a colon ends a name of StatsD


def gauge(name: str, value: float, tags: Mapping[str, str]) -> None:
    """Say how much there is of something now."""
    from airflow.sdk.observability.stats import Stats

    Stats.gauge(name, value, tags=dict(tags))
