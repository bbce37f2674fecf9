"""Look after the lake once a week: is it whole, and what may go?

- `scrub` holds every manifest against its files and their checksums. It fails where a file is missing or has other bytes, and nothing is
  removed then: mend it first (docs/operations/lake.md, *Whether the lake is whole*). *Trigger* with **quick** to hold sizes alone.
- `look` lists, in its log, what would go: what dead runs left in staging, files that no manifest names, and partitions and pages older
  than the settings say (`COPYDESK_KEEP_…_DAYS`; unless set, everything published is kept).
- `tidy` removes what `look` listed, each only if nobody has touched it since. *Trigger* with **dry_run** to stop before it.

A held run stays until somebody has decided on it, and what a manifest names is never removed. The same from the command line:
`copydesk scrub`, `copydesk housekeeping --dry-run`, `copydesk housekeeping`.

Read by nobody; the counts stand in the tasks' return values and in the metrics.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import Param, dag, task

from desk.policy import DEFAULTS


@task
def scrub(params: Any = None) -> dict[str, Any]:
    """Every manifest against files and checksums."""
    from desk.upkeep import scrub_lake

    return scrub_lake(is_quick=params["quick"])


@task
def look(run_id: str | None = None) -> dict[str, int]:
    """A dry run: what would go, in the log, with the counts by kind."""
    from desk.upkeep import list_waste

    return list_waste(str(run_id))


@task.skip_if(lambda context: context["params"]["dry_run"])
@task
def tidy(run_id: str | None = None) -> dict[str, int]:
    """Remove what was listed and may still go."""
    from desk.upkeep import remove_waste

    return remove_waste(str(run_id))


@dag(
    schedule="30 4 * * 0",  # without a first day: a new installation waits for Sunday instead of making up for the last one
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["upkeep"],
    doc_md=__doc__,
    params={
        "dry_run": Param(False, type="boolean", description="Only list what would go."),
        "quick": Param(False, type="boolean", description="Hold the sizes of files, and do not read them."),
    },
)
def housekeeping() -> None:
    """One after the other."""
    scrub() >> look() >> tidy()


housekeeping()
