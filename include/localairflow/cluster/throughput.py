"""`python -m localairflow.cluster.throughput`: how much sooner a backfill ends with more workers, and what Airflow itself takes of it."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psutil

from copydesk.benchmarks.archive import SOURCE
from copydesk.benchmarks.markdown import grid
from copydesk.storage import Storage
from localairflow.api import Api
from localairflow.cluster.topology import Cluster
from localairflow.faults.dumps import FIRST, Dumps
from localairflow.waiting import outcomes, wait_until_quiet

DAGS = (f"ingest_{SOURCE}", "curate")
TIMEOUT_S = 1800.0
PARTS = ("worker", "api-server", "scheduler", "dag-processor", "triggerer", "postgres", "valkey", "store")


@dataclass(frozen=True, slots=True)
class Measured:
    """One backfill."""

    workers: int
    seconds: float
    tasks: int
    at_work: float  # seconds of all tasks, from the start of each to its end
    cpu: dict[str, float]  # seconds by part; of processes that have ended too, as far as their parents live


def measure(folder: Path, most: int, days: int, documents: int, seed: int) -> Iterator[Measured]:
    """A backfill of other days with each number of workers, the most first: a cluster is started once, and loses them one by one."""
    dumps = Dumps(days * most, documents, seed)
    cluster = Cluster(folder / "cluster", dumps.write_source(folder / "sources"), most)
    with cluster:
        dumps.write(Storage.open(cluster.store.uri("raw")))
        cluster.airflow.wait_for_dags(set(DAGS))
        for turn, workers in enumerate(range(most, 0, -1)):
            yield _backfill(cluster, workers, turn * days, days)
            if workers > 1:
                cluster.kill(f"worker-{workers}")


def _backfill(cluster: Cluster, workers: int, first: int, days: int) -> Measured:
    api, before = cluster.airflow.api, cluster.cpu_seconds()
    known = {run.run_id for run in outcomes(api, DAGS)}
    start = FIRST + timedelta(days=first)
    _begin(api, start, start + timedelta(days=days - 1), workers)
    began = time.monotonic()
    runs = [run for run in wait_until_quiet(api, DAGS, TIMEOUT_S) if run.run_id not in known]
    seconds = time.monotonic() - began
    if any(run.state != "success" for run in runs):
        raise RuntimeError(f"with {workers} workers not every run was green: {runs}")
    tasks = [task for run in runs for task in api.tasks(run.dag_id, run.run_id)]
    used = {part: spent - before[part] for part, spent in cluster.cpu_seconds().items()}
    return Measured(workers, seconds, len(tasks), sum(task["duration"] or 0.0 for task in tasks), used)


def _begin(api: Api, first: date, last: date, at_once: int) -> None:
    """Airflow ends a backfill some time after its last run, and has one at a time."""
    give_up = time.monotonic() + TIMEOUT_S
    while True:
        try:
            return api.backfill(DAGS[0], first, last, at_once=at_once)
        except RuntimeError as error:
            if "already a running backfill" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(2)


def table(measured: list[Measured], days: int, documents: int) -> str:
    """As docs/capacity.md has it."""
    one = next(each for each in measured if each.workers == 1)
    heads = (
        "Celery workers",
        "seconds",
        "days an hour",
        "documents a second",
        "as fast as one",
        "places in use",
        "a task",
        *(f"CPU: {part}" for part in PARTS),
    )
    rows = [
        (
            f"{each.workers}",
            f"{each.seconds:.0f}",
            f"{days / each.seconds * 3600:.0f}",
            f"{days * documents / each.seconds:.1f}",
            f"{one.seconds / each.seconds:.2f}",
            f"{each.at_work / each.seconds / each.workers:.0%}",
            f"{each.at_work / each.tasks:.1f} s",
            *(f"{each.cpu.get(part, 0.0) / each.tasks:.2f} s" for part in PARTS),
        )
        for each in measured
    ]
    return grid(heads, rows)


def main() -> int:
    """Print the table; CPU is that of a task, and so are the seconds beside it; the rest of a place's time passes between two tasks."""
    parser = argparse.ArgumentParser(prog="python -m localairflow.cluster.throughput", description=__doc__)
    parser.add_argument("--workers", type=int, default=3, help="the most (3)")
    parser.add_argument("--days", type=int, default=6, help="of each backfill (6)")
    parser.add_argument("--documents", type=int, default=200, help="a day (200)")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory() as folder:
        for one in measure(Path(folder), options.workers, options.days, options.documents, options.seed):
            measured.append(one)
            sys.stdout.write(f"{one}\n")
            sys.stdout.flush()
    load = " ".join(f"{share:.1f}" for share in psutil.getloadavg())
    sys.stdout.write(
        f"\n{table(measured, options.days, options.documents)}\n\nload of the machine over 1, 5 and 15 minutes at the end: {load}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
