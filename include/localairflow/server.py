"""The processes of one Airflow: API server, scheduler, DAG processor, triggerer."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from localairflow import processes
from localairflow.api import Api
from localairflow.home import Home

COMPONENTS = {
    "api-server": ["api-server"],
    "dag-processor": ["dag-processor"],
    "scheduler": ["scheduler", "--skip-serve-logs"],  # the API server reads the log files itself
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
HEALTHY = {"metadatabase", "scheduler", "dag_processor", "triggerer"}
Differences = Mapping[str, str | None]  # of its environment from that of the others: what it has instead, or None for nothing
START_TIMEOUT_S = 600.0  # on a machine with much else to do


class LocalAirflow:
    """An Airflow in `home`; as a context manager it runs inside the block and leaves no process behind."""

    def __init__(
        self, home: Home, components: Mapping[str, list[str]] = COMPONENTS, differing: Mapping[str, Differences] | None = None
    ) -> None:
        self.home = home
        self.api = Api(home)
        self.components = components
        self.differing = differing or {}  # by component
        self._leaders: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
        self.api.close()

    def start(self) -> None:
        """Bring the database up to date, start every process, and wait until all are healthy."""
        self.command("db", "migrate")
        if self.home.database.exists():
            _let_readers_and_a_writer_meet(self.home.database)
        for name in self.components:
            self.start_one(name)
        self._wait_until_healthy()
        self.api.sign_in()

    def start_one(self, name: str) -> None:
        """Start one of the processes, or start it again."""
        log = self.home.logs / f"{name}.log"
        environment = {**self.home.environment(), **self.differing.get(name, {})}
        known = {variable: value for variable, value in environment.items() if value is not None}
        self._leaders[name] = processes.start(_airflow(*self.components[name]), known, log)

    def kill_one(self, name: str) -> None:
        """`kill -9` of one of the processes with all it has started."""
        processes.kill([self._leaders.pop(name)])

    def stop(self) -> None:
        """End every process in order."""
        if triggerer := self._leaders.get("triggerer"):
            processes.stop_children(triggerer)  # asked itself, it waits ten seconds for its child, however soon that has ended
        processes.stop(self._leaders.values())
        self._leaders.clear()

    def kill(self) -> None:
        """`kill -9` of the whole tree."""
        processes.kill(self._leaders.values())
        self._leaders.clear()

    def command(self, *arguments: str) -> str:
        """What `airflow …` prints; RuntimeError with it when the command fails."""
        done = subprocess.run(  # noqa: S603 - the commands are ours
            _airflow(*arguments), env=self.home.environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"airflow {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def wait_for_dags(self, ids: set[str], timeout_s: float = 600.0) -> None:
        """Return once Airflow has read all DAGs of `ids`; TimeoutError, with what it could not import, where it does not."""
        give_up = time.monotonic() + timeout_s
        while missing := ids - self.api.dags():
            if time.monotonic() > give_up:
                raise TimeoutError(
                    f"after {timeout_s:.0f} s: Airflow did not read {sorted(missing)}; import errors: {self.api.import_errors()}"
                )
            time.sleep(0.5)

    @property
    def pids(self) -> dict[str, int]:
        """The processes that were started."""
        return {name: leader.pid for name, leader in self._leaders.items()}

    def start_ended(self) -> list[str]:
        """Start the processes again that have ended by themselves, as a supervisor would; their names."""
        ended = [name for name, leader in self._leaders.items() if leader.poll() is not None]
        for name in ended:
            self.kill_one(name)  # what it has started may still be there
            self.start_one(name)
        return ended

    def fail_if_one_ended(self) -> None:
        """RuntimeError with the end of its log when a process has ended by itself."""
        for name, leader in self._leaders.items():
            if leader.poll() is not None:
                log = self.home.logs / f"{name}.log"
                raise RuntimeError(f"airflow {name} ended with {leader.returncode}; the end of {log}:\n{log.read_text()[-2000:]}")

    def _wait_until_healthy(self) -> None:
        give_up = time.monotonic() + START_TIMEOUT_S
        while {name for name, status in self.api.health().items() if status == "healthy"} < HEALTHY:
            self.fail_if_one_ended()
            if time.monotonic() > give_up:
                raise TimeoutError(f"Airflow is not healthy after {START_TIMEOUT_S:.0f} s; see {self.home.logs}")
            time.sleep(0.5)


def _let_readers_and_a_writer_meet(database: Path) -> None:
    """Write-ahead logging, which SQLite keeps with the file; without it the API answers 500 while the scheduler writes."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def _airflow(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "airflow", *arguments]
