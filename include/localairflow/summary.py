"""What a demo prints when it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

import copydesk
from copydesk.lake.inventory import inventory
from copydesk.storage import Storage
from localairflow.home import CHECKOUT, Home
from localairflow.waiting import Outcome

COLOURS = {"success": "green", "failed": "red"}


def summarise(console: Console, home: Home, runs: list[Outcome]) -> int:
    """Print runs, articles, quarantine and how to read on; 1 if a run failed."""
    console.print(_days(home, runs))
    _print_lake(console, home)
    failed = [run for run in runs if run.state != "success"]
    for run in failed:
        console.print(f"[red]{run.dag_id} {run.key}: {run.state}[/red]; logs: {home.folder / 'logs'}", highlight=False)
    return 1 if failed or not runs else 0


def _days(home: Home, runs: Iterable[Outcome]) -> Table:
    """A line for each run of a source, one for all of curation."""
    holdings = {(holding.dataset, *holding.values.values()): holding.rows for holding in inventory(Storage.open(home.lake))}
    table = Table("DAG", "partition", "runs", "accepted", "quarantined", title="Runs", title_justify="left")
    for (is_curation, dag_id, key), states in sorted(_by_partition(runs).items()):
        place = (dag_id.removeprefix("ingest_"), key)
        counts = ["" if is_curation else str(holdings.get((dataset, *place), "none")) for dataset in ("clean", "quarantine")]
        told = ", ".join(f"[{COLOURS[state]}]{count} {state}[/]" for state, count in states.items())
        table.add_row(dag_id, key, told, *counts)
    return table


def _by_partition(runs: Iterable[Outcome]) -> dict[tuple[bool, str, str], Counter[str]]:
    """How many runs of a DAG and partition ended how; curation sorts last."""
    states: dict[tuple[bool, str, str], Counter[str]] = {}
    for run in runs:
        states.setdefault((run.dag_id == "curate", run.dag_id, run.key or ""), Counter())[run.state] += 1
    return states


def _print_lake(console: Console, home: Home) -> None:
    articles = copydesk.read("articles", root=home.lake, columns=["article_id"]).num_rows
    rejects = copydesk.read("quarantine", root=home.lake, columns=["stage", "reasons"]).to_pylist()
    reasons = Counter(f"{reject['stage']}: {', '.join(reject['reasons'])}" for reject in rejects)
    console.print(f"\n{articles} articles, {len(rejects)} records in quarantine:")
    for reason, count in reasons.most_common():
        console.print(f"  {count:3}  {reason}", markup=False, highlight=False)
    lake = Path(home.lake).relative_to(CHECKOUT)
    console.print(f"\nParquet: {lake / 'articles'}/published_date=…/part-….parquet\nRead it:", highlight=False)
    line = f'import copydesk; print(copydesk.read("articles", start="2026-11-01", root="{lake}").to_pandas())'
    console.print(f"  .venv/bin/python -c '{line}'", markup=False, highlight=False, soft_wrap=True)
