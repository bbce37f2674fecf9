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
from typing import Any

from airflow.sdk import PartitionedAssetTimetable, dag, task

from desk.assets import ARTICLES, MONTHS
from desk.keys import publication_month
from desk.policy import DEFAULTS

IS_REMOTE = os.environ.get("COPYDESK_LAKE", "").startswith("s3://")


@task(outlets=[ARTICLES])
def curate_month(partition_key: str | None = None, run_id: str | None = None, outlet_events: Any = None) -> dict[str, Any]:
    """Write the days of the month again that changed."""
    from copydesk import pipeline
    from copydesk.settings import Settings

    counts = pipeline.curate(publication_month(partition_key), Settings.from_env(), run_id)
    outlet_events[ARTICLES].extra = counts
    return counts


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
    curate_month()


curate()
