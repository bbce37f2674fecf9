"""Turn one day's raw dump of one source into clean, validated Parquet.

One DAG for each file in the folder of sources (`COPYDESK_SOURCES`). The partition key is the dump day, `2026-11-03`; its
scheduled run starts when the day is over, at midnight in the source's own time zone. A run owns its day whole: running it
again replaces the day in `clean`, `quarantine` and `removed`, and with the same input no byte changes.

- **One day again:** *Trigger*, with the day as *Partition Key*. **Many days:** *Trigger*, *Backfill*; both ends are included.
- **`judge` failed:** the day is held, and what was published before still stands. The message gives the numbers, `copydesk quarantine
  show` the rows. `copydesk release` publishes it after all; then *Clear* `judge`. Or correct the rule or the dump, and run the day again.
- **`plan` or `wait_for_dump` failed:** there is no dump of that day, or it is not complete. Run the day again when it has arrived.

Read by `curate`, which is told the publication months the day touched.
"""

from __future__ import annotations

import pendulum
from airflow.sdk import CronPartitionTimetable, dag

from copydesk.sources import Source
from desk.assets import clean_of
from desk.catalog import read_catalog
from desk.policy import DEFAULTS
from desk.waiting import WaitForDump
from desk.wiring import wire


def ingest(source: Source) -> None:
    """Register the DAG of one source."""

    def midnight_after(day: str) -> pendulum.DateTime:
        return pendulum.from_format(day, "YYYY-MM-DD", tz=source.timezone).add(days=1)

    @dag(
        dag_id=f"ingest_{source.name}",
        schedule=CronPartitionTimetable("0 0 * * *", timezone=source.timezone, run_offset=-1, key_format="%Y-%m-%d"),
        start_date=midnight_after(source.start),
        end_date=midnight_after(source.end) if source.end else None,
        catchup=False,
        max_active_runs=2,
        default_args=DEFAULTS,
        tags=["ingest", source.format],
        doc_md=__doc__,
    )
    def dump() -> None:
        first = wire(source.name, clean_of(source.name))
        if source.on_missing == "wait":
            WaitForDump(task_id="wait_for_dump", source=source.name) >> first

    dump()


for source in read_catalog()[0].values():
    ingest(source)
