"""Wait until everything that was asked for, and what followed from it, has ended."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from localairflow.api import ENDED, EVERY_DAG, Api


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run stands."""

    dag_id: str
    run_id: str
    key: str | None
    state: str


def outcomes(api: Api, dag_ids: Iterable[str]) -> list[Outcome]:
    """Every run of the DAGs, as it stands now, DAG by DAG and the oldest first."""
    runs: dict[str, list[Outcome]] = {dag_id: [] for dag_id in dag_ids}
    for run in api.runs(EVERY_DAG):  # a question for each would keep the API server busier than the tasks do
        if run["dag_id"] in runs:
            runs[run["dag_id"]].append(Outcome(run["dag_id"], run["dag_run_id"], run["partition_key"], run["state"]))
    return [outcome for of_dag in runs.values() for outcome in of_dag]


def wait_until_quiet(
    api: Api, dag_ids: Iterable[str], timeout_s: float, tell: Callable[[str], None] = lambda _: None
) -> list[Outcome]:
    """All runs of the DAGs, once all have ended and no asset event has yet to start one; `tell` hears of every change."""
    dag_ids = list(dag_ids)
    give_up = time.monotonic() + timeout_s
    said = ""
    while True:
        promised = api.promised_runs()  # before the runs: what is made meanwhile is then among them
        runs = outcomes(api, dag_ids)
        if (line := _in_words(runs)) != said:
            tell(line)
            said = line
        if not promised and all(run.state in ENDED for run in runs):
            return runs
        if time.monotonic() > give_up:
            raise TimeoutError(f"after {timeout_s:.0f} s: {line}")
        time.sleep(1)


def _in_words(runs: Iterable[Outcome]) -> str:
    counts = Counter(run.state for run in runs)
    return "runs: " + ", ".join(
        f"{counts[state]} {state}" for state in ("success", "failed", "running", "queued") if counts[state]
    )
