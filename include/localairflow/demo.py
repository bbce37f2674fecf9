"""Three days of three invented publishers, from raw dumps to Parquet, and an account of what came out."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from rich.console import Console

from copydesk.sources import load_all
from localairflow.home import CHECKOUT, Home, free_port
from localairflow.server import LocalAirflow
from localairflow.summary import summarise
from localairflow.waiting import Outcome, wait_until_quiet

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 3)
FOLDER = CHECKOUT / ".demo"
LAKE = FOLDER / "lake"
TIMEOUT_S = 1800.0  # on a machine busy with other things it took ten minutes to get half way


def demo_home(port: int) -> Home:
    """The samples, and beside them a lake and an Airflow that may be thrown away."""
    return Home(
        folder=FOLDER / "airflow",
        raw=str(CHECKOUT / "include" / "samples"),
        lake=str(LAKE),
        sources=str(CHECKOUT / "include" / "sources"),
        port=port,
    )


def run_demo(console: Console) -> int:
    """Backfill the samples through a fresh Airflow and print what came out; 1 if a run failed."""
    began = time.monotonic()

    def tell(text: str) -> None:
        console.print(f"[dim]{time.monotonic() - began:4.0f} s[/dim]  {text}", highlight=False)

    home = demo_home(free_port())
    _clear(home.folder, LAKE)
    tell("starting Airflow: database, API server, DAG processor, scheduler, triggerer")
    with LocalAirflow(home) as airflow:
        runs = _backfill(airflow, tell)
    tell("Airflow has stopped")
    return summarise(console, home, runs)


def _backfill(airflow: LocalAirflow, tell: Callable[[str], None]) -> list[Outcome]:
    ingest = [f"ingest_{name}" for name in load_all(airflow.home.sources)[0]]
    airflow.wait_for_dags({*ingest, "curate"})
    tell(f"backfilling {FIRST} to {LAST}: {', '.join(ingest)}")
    for dag_id in ingest:
        airflow.api.backfill(dag_id, FIRST, LAST)
    return wait_until_quiet(airflow.api, [*ingest, "curate"], TIMEOUT_S, tell)


def _clear(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
