"""From what Airflow hands a task to the run the pipeline works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.keys import dump_day

if TYPE_CHECKING:
    from copydesk.pipeline import Run


def run_of(source: str, partition_key: str | None, run_id: str | None) -> Run:
    """The ingest run a task belongs to; reads the settings, so only tasks call it."""
    from copydesk import pipeline

    return pipeline.Run.from_env(source, dump_day(partition_key), run_id)
