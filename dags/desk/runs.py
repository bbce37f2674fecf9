"""From what Airflow hands a task to the run the pipeline works on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from desk.keys import dump_day

if TYPE_CHECKING:
    from copydesk.run import Run


def run_of(source: str, context: Mapping[str, Any]) -> Run:
    """The ingest run a task belongs to: of the day that is its partition key, or of the archive its parameters name.

    It reads the settings, so only tasks call it.
    """
    from copydesk.dumps import Kind
    from copydesk.run import Run

    archive = context.get("params") or {}
    if "key" in archive:
        return Run.from_env(source, archive["key"], context["run_id"], Kind.ARCHIVE, archive["path"])
    return Run.from_env(source, dump_day(context.get("partition_key")), context["run_id"])
