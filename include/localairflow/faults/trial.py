"""Run the backfill, strike, start again what was struck, until every run has ended."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import httpx

from copydesk.benchmarks.archive import SOURCE
from localairflow.api import ENDED
from localairflow.cluster.topology import Cluster
from localairflow.faults.dumps import FIRST, Dumps
from localairflow.faults.strikes import Strike
from localairflow.waiting import Outcome, outcomes

INGEST, CURATE = f"ingest_{SOURCE}", "curate"
POLL_S = 1.0
AWAY_S = 180.0  # how long the API may give no answer: it needs the database, which may be the victim
QUIET_S = 5.0  # nothing may begin within it once all has ended

Answer = TypeVar("Answer")
Tell = Callable[[str], None]


@dataclass(slots=True)
class Course:
    """What happened."""

    runs: list[Outcome] = field(default_factory=list)
    strikes: list[Strike] = field(default_factory=list)
    ended: Counter[str] = field(default_factory=Counter)  # processes that ended by themselves, and were started again
    seconds: float = 0


class Trial:
    """One backfill under fire."""

    def __init__(self, cluster: Cluster, dumps: Dumps, strikes: Sequence[Strike], tell: Tell) -> None:
        self._cluster = cluster
        self._dumps = dumps
        self._waiting = list(strikes)
        self._tell = tell
        self.course = Course()
        self._promised = 0  # runs that asset events have told of, and that are yet to be made

    def endure(self, timeout_s: float) -> Course:
        """Backfill every day, and return when all runs and what followed from them have ended; TimeoutError if they do not."""
        began = time.monotonic()
        airflow = self._cluster.airflow
        airflow.wait_for_dags({INGEST, CURATE})
        airflow.api.backfill(INGEST, FIRST, self._dumps.last, at_once=len(self._cluster.workers))
        while not self._is_over():
            self._strike_if_due()
            self._supervise()
            if time.monotonic() - began > timeout_s:
                raise TimeoutError(f"after {timeout_s:.0f} s: {Counter((run.dag_id, run.state) for run in self.course.runs)}")
            time.sleep(POLL_S)
        self.course.seconds = time.monotonic() - began
        return self.course

    def _is_over(self) -> bool:
        self._look()
        if self._waiting or not self._has_ended():
            return False
        time.sleep(QUIET_S)
        self._look()
        return self._has_ended()

    def _look(self) -> None:
        before = _in_words(self.course.runs)
        api = self._cluster.airflow.api
        self._promised = self._ask(api.promised_runs)  # before the runs: what is made meanwhile is then among them
        self.course.runs = self._ask(lambda: outcomes(api, (INGEST, CURATE)))
        if (words := _in_words(self.course.runs)) != before:
            self._tell(words)

    def _has_ended(self) -> bool:
        is_complete = sum(run.dag_id == INGEST for run in self.course.runs) == self._dumps.days
        return is_complete and not self._promised and all(run.state in ENDED for run in self.course.runs)

    def _strike_if_due(self) -> None:
        done = sum(run.dag_id == INGEST and run.state in ENDED for run in self.course.runs) / self._dumps.days
        if not self._waiting or self._waiting[0].after > done:
            return
        strike = self._waiting.pop(0)
        time.sleep(strike.late_s)
        self._tell(f"kill -9 {strike.victim}, down for {strike.down_s:.1f} s; {len(self._waiting)} more")
        self._cluster.kill(strike.victim)
        self._wait_out(strike.down_s)
        self._cluster.start_again(strike.victim)
        self.course.strikes.append(strike)

    def _wait_out(self, seconds: float) -> None:
        """What ends by itself meanwhile is started again at once, as ever."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, POLL_S))
            self._supervise()

    def _supervise(self) -> None:
        for name in self._cluster.airflow.start_ended():
            self._tell(f"{name} has ended by itself and is started again")
            self.course.ended[name] += 1

    def _ask(self, question: Callable[[], Answer]) -> Answer:
        """The API's answer, as soon as there is one."""
        give_up = time.monotonic() + AWAY_S
        while True:
            try:
                return question()
            except (httpx.TransportError, RuntimeError) as error:
                if time.monotonic() > give_up:
                    raise
                self._tell(f"no answer, asking again: {type(error).__name__}")
                self._supervise()
                time.sleep(POLL_S)


def _in_words(runs: Sequence[Outcome]) -> str:
    counts = Counter((run.dag_id, run.state) for run in runs)
    return ", ".join(f"{dag_id} {count} {state}" for (dag_id, state), count in sorted(counts.items()))
