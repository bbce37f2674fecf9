"""Say when a day of a source is not published by the time at which people look for it.

One DAG for each source file with `good_by`, such as `good_by = "09:00"`. At that time of each day, in the source's own time zone, its one
task looks whether the day before has been published, by whatever run. If not, it fails, and its message says how the day stands: held, no
run that ended, or no dump. A failed task is told as `COPYDESK_NOTIFY` says (docs/operations/monitoring.md).

- **Published since?** *Clear* the task, and it looks again.
- **A day is missing by intent?** Mark the task as success.

Read by people; the metric `copydesk.overdue` counts the failures.
"""

from __future__ import annotations

from typing import Any

import pendulum
from airflow.sdk import CronPartitionTimetable, dag, task

from copydesk.sources import Source
from desk.catalog import read_catalog
from desk.policy import DEFAULTS


@task
def look(source: str, **context: Any) -> dict[str, Any]:
    """Is the day published?"""
    from desk.overdue import check

    return check(source, context)


def freshness(source: Source, good_by: str) -> None:
    """Register the DAG of one source."""
    hour, minute = good_by.split(":")

    @dag(
        dag_id=f"fresh_{source.name}",
        schedule=CronPartitionTimetable(
            f"{int(minute)} {int(hour)} * * *", timezone=source.timezone, run_offset=-1, key_format="%Y-%m-%d"
        ),
        start_date=pendulum.from_format(source.start, "YYYY-MM-DD", tz=source.timezone).add(days=1),
        end_date=pendulum.from_format(source.end, "YYYY-MM-DD", tz=source.timezone).add(days=2) if source.end else None,
        catchup=False,
        max_active_runs=1,
        default_args=DEFAULTS,
        tags=["upkeep"],
        doc_md=__doc__,
    )
    def fresh() -> None:
        look(source.name)

    fresh()


for source in read_catalog()[0].values():
    if source.good_by:
        freshness(source, source.good_by)
