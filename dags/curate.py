"""Bring what the sources published together: one current version per article, by day of publication.

Runs for every publication month an ingest run touched. The partition key is that month, `2026-11`, or `unknown` for articles
without a date; of the month only the days that changed are written again, in `articles` and `article_versions`, and those
days of other months that have the same stories.

- **One month again:** *Trigger*, with the month as *Partition Key*. A backfill is none of its business: backfill the sources.
- Months are curated side by side, a few at a time; two runs of one month take turns. Where the lake is on object storage, where
  nothing can be locked, there is one run at a time.

Read by analysts: `copydesk.read("articles", start="2026-11-01")`.
"""

from __future__ import annotations

import os

from airflow.sdk import PartitionedAssetTimetable, dag

from desk.assets import ARTICLES, MONTHS
from desk.policy import DEFAULTS
from desk.publishing import Curate

IS_REMOTE = os.environ.get("COPYDESK_LAKE", "").startswith("s3://")


@dag(
    schedule=PartitionedAssetTimetable(assets=MONTHS),
    catchup=False,
    max_active_runs=1 if IS_REMOTE else 4,
    default_args=DEFAULTS,
    tags=["curate"],
    doc_md=__doc__,
)
def curate() -> None:
    """One task: the month is its own unit of work."""
    # Before the tasks of a long backfill, whose weights add up to eight: they would keep it waiting to the end of it.
    Curate(task_id="curate_month", outlets=[ARTICLES], priority_weight=10)


curate()
