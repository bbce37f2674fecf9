"""The few calls of Airflow's REST API that a demo and the tests need."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import httpx

from localairflow.home import USER, Home

ENDED = ("success", "failed")
EVERY_DAG = "~"  # instead of the id of one
PAGE = 100  # entries of an answer; Airflow gives no more at once
READ_TIMEOUT_S = 90.0  # cores that run tasks, scheduler and API server at once, and whatever else there is


class Api:
    """A signed-in client."""

    def __init__(self, home: Home) -> None:
        # trust_env: a proxy set for the machine must not be asked for a loopback address.
        self._client = httpx.Client(base_url=home.url, timeout=READ_TIMEOUT_S, trust_env=False)
        self._home = home

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def sign_in(self) -> None:
        """Get the token every other call needs."""
        answer = self._client.post("/auth/token", json={"username": USER, "password": self._home.password})
        self._client.headers["Authorization"] = f"Bearer {_checked(answer)['access_token']}"

    def health(self) -> dict[str, str | None]:
        """Status by component; empty while the API server does not answer."""
        try:
            answer = self._client.get("/api/v2/monitor/health")
        except httpx.TransportError:
            return {}
        return {name: part["status"] for name, part in answer.json().items()} if answer.is_success else {}

    def dags(self) -> set[str]:
        """Ids of the DAGs Airflow has read."""
        return {dag["dag_id"] for dag in self._get("/api/v2/dags", limit=PAGE)["dags"]}

    def dag(self, dag_id: str) -> dict[str, Any]:
        """What Airflow knows of a DAG."""
        return self._get(f"/api/v2/dags/{dag_id}")

    def import_errors(self) -> list[dict[str, Any]]:
        """What could not be imported, with the file and the message."""
        errors: list[dict[str, Any]] = self._get("/api/v2/importErrors")["import_errors"]
        return errors

    def backfill(self, dag_id: str, first: date, last: date, *, again: bool = False, at_once: int = 2) -> None:
        """Ask for a run for each day, both ends included; with `again` also for those that have one."""
        body = {
            "dag_id": dag_id,
            "from_date": f"{first}T00:00:00Z",
            "to_date": f"{last}T00:00:00Z",
            "max_active_runs": at_once,
            "reprocess_behavior": "completed" if again else "none",
        }
        _checked(self._client.post("/api/v2/backfills", json=body))

    def trigger(self, dag_id: str, key: str | None, params: dict[str, str] | None = None) -> str:
        """Ask for one run of partition `key`, or with these parameters; its run id."""
        body = {"logical_date": None, "partition_key": key, "conf": params or {}}
        run_id: str = _checked(self._client.post(f"/api/v2/dags/{dag_id}/dagRuns", json=body))["dag_run_id"]
        return run_id

    def runs(self, dag_id: str) -> list[dict[str, Any]]:
        """The runs of the DAG, or of `EVERY_DAG`, the oldest first."""
        runs: list[dict[str, Any]] = []
        while True:
            page = self._get(f"/api/v2/dags/{dag_id}/dagRuns", limit=PAGE, offset=len(runs), order_by="id")
            runs += page["dag_runs"]
            if len(runs) >= page["total_entries"] or not page["dag_runs"]:
                return runs

    def run(self, dag_id: str, run_id: str) -> dict[str, Any]:
        """One run."""
        return self._get(f"/api/v2/dags/{dag_id}/dagRuns/{run_id}")

    def tasks(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        """The task instances of a run, mapped ones singly."""
        tasks: list[dict[str, Any]] = self._get(f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances")["task_instances"]
        return tasks

    def log(self, dag_id: str, run_id: str, task_id: str) -> str:
        """What the first try of a task wrote."""
        address = f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task_id}/logs/1"
        return self._client.get(address, params={"full_content": True}, headers={"Accept": "application/json"}).text

    def events(self, asset: str) -> list[dict[str, Any]]:
        """What happened to an asset, the oldest first."""
        events: list[dict[str, Any]] = self._get("/api/v2/assets/events", name_pattern=asset, order_by="timestamp", limit=PAGE)[
            "asset_events"
        ]
        return events

    def slots(self, state: str) -> int:
        """Worker slots by what the task that has them is: `occupied`, `open`, `deferred`, …"""
        count: int = self._get("/api/v2/pools/default_pool")[f"{state}_slots"]
        return count

    def promised_runs(self) -> int:
        """Partitions of which an asset event told, and for which the scheduler has yet to make a run."""
        # Not from the events themselves: they answer 500 while a run they started is still queued (3.3.2).
        count: int = self._get("/ui/partitioned_dag_runs", has_created_dag_run_id="false")["total"]
        return count

    def wait_for_run(self, dag_id: str, run_id: str, timeout_s: float) -> dict[str, Any]:
        """The run, once it has ended."""
        give_up = time.monotonic() + timeout_s
        while (run := self.run(dag_id, run_id))["state"] not in ENDED:
            if time.monotonic() > give_up:
                raise TimeoutError(f"{dag_id} {run_id}: still {run['state']} after {timeout_s:.0f} s")
            time.sleep(0.5)
        return run

    def _get(self, path: str, **parameters: str | int) -> dict[str, Any]:
        return _checked(self._client.get(path, params=parameters))


def _checked(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_error:
        raise RuntimeError(f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:500]}")
    body: dict[str, Any] = answer.json()
    return body
