"""The steps of an ingest run as tasks: each calls one function of `copydesk.pipeline` and returns a small value."""

from __future__ import annotations

from typing import Any

from airflow.sdk import task
from airflow.sdk.exceptions import AirflowSkipException

from desk.assets import MONTHS
from desk.metrics import step
from desk.places import read_shards_at_once
from desk.runs import run_of

SHARDS = {"map_index_template": "shard {{ task.op_kwargs['shard'] }}", "max_active_tis_per_dagrun": read_shards_at_once()[0]}


@task
def plan(source: str, **context: Any) -> list[int]:
    """The raw files in shards of about equal work, or what an earlier try planned and nothing has changed since: their numbers."""
    from copydesk import pipeline

    run = run_of(source, context)
    with step(run, "plan") as this:
        shards = pipeline.plan(run)
        this.done({"shards": len(shards)})
        return shards


@task(**SHARDS)
def segment(source: str, shard: int, **context: Any) -> dict[str, Any]:
    """Raw records of one shard become blocks, and lines are counted."""
    from copydesk import pipeline

    run = run_of(source, context)
    with step(run, "segment", shard) as this:
        return this.done(pipeline.segment(run, shard))


@task
def add_up_repetition(source: str, **context: Any) -> dict[str, Any]:
    """How often each line stands in the whole dump."""
    from copydesk import pipeline

    run = run_of(source, context)
    with step(run, "add_up_repetition") as this:
        return this.done(pipeline.add_up_repetition(run))


@task(**SHARDS)
def clean(source: str, shard: int, **context: Any) -> dict[str, Any]:
    """Blocks of one shard are labelled and become articles, or rejects."""
    from copydesk import pipeline

    run = run_of(source, context)
    with step(run, "clean", shard) as this:
        return this.done(pipeline.clean(run, shard))


@task
def judge(source: str, **context: Any) -> dict[str, Any]:
    """All shards together: fit to be published? A dump that is not fails here."""
    from copydesk import pipeline

    run = run_of(source, context)
    with step(run, "judge") as this:
        return this.done(pipeline.judge(run))


# Apart from `publish`: an outlet to which no partition is added emits the run's own key, and `curate` would run for a dump day.
@task(outlets=[MONTHS])
def announce(source: str, published: dict[str, Any], outlet_events: Any = None) -> None:
    """Tell `curate` the months in which something may have changed."""
    if not published["touched_months"]:
        raise AirflowSkipException(f"{source}: nothing was published, before or now, so no month needs curating")
    outlet_events[MONTHS].extra = {"source": source}
    outlet_events[MONTHS].add_partitions(published["touched_months"])
