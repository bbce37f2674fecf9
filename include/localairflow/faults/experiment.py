"""The whole of it: dumps, cluster, strikes, the lake without faults, verdict."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import copydesk
from copydesk.benchmarks.archive import SOURCE
from copydesk.storage import Storage
from localairflow.cluster.topology import Cluster
from localairflow.faults.dumps import Dumps
from localairflow.faults.strikes import plan_outages, plan_strikes
from localairflow.faults.trial import Course, Tell, Trial
from localairflow.faults.verdict import Verdict, judge

UNDISTURBED = "undisturbed"  # bucket of the lake without faults
ANYTHING = ("scheduler", "dag-processor", "valkey", "store")  # and every worker


@dataclass(frozen=True, slots=True)
class Experiment:
    """What is tried."""

    dumps: Dumps
    kills: int
    workers: int = 3
    more: Sequence[str] = ()  # victims beside workers and `ANYTHING`: api-server, triggerer, postgres
    outages: Mapping[str, float] = field(default_factory=dict)  # seconds for which a service is away

    @property
    def victims(self) -> list[str]:
        """Who may be struck."""
        return [*(f"worker-{number + 1}" for number in range(self.workers)), *ANYTHING, *self.more]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it."""

    course: Course
    verdict: Verdict
    bytes: int  # of the raw dumps


def carry_out(
    experiment: Experiment, folder: Path, timeout_s: float, tell: Tell, options: dict[str, str] | None = None
) -> Result:
    """Everything in `folder`, which should be new; no process is left."""
    dumps = experiment.dumps
    cluster = Cluster(folder / "cluster", dumps.write_source(folder / "sources"), experiment.workers, options=options)
    with cluster:
        tell("the cluster is up")
        size = dumps.write(Storage.open(cluster.store.uri("raw")))
        kills = plan_strikes(experiment.kills, experiment.victims, dumps.seed)
        strikes = sorted([*kills, *plan_outages(experiment.outages, dumps.seed)], key=lambda strike: strike.after)
        course = Trial(cluster, dumps, strikes, tell).endure(timeout_s)
        tell(f"all runs have ended after {course.seconds:.0f} s; now the same without Airflow and without faults")
        _without_faults(cluster, dumps, folder / "undisturbed.log")
        lake, undisturbed = (Storage.open(cluster.store.uri(bucket)) for bucket in ("lake", UNDISTURBED))
        rows = copydesk.read("articles", root=cluster.store.uri("lake"), columns=["article_id"]).num_rows
        verdict = judge(cluster.airflow.api, course.runs, lake, undisturbed, rows)
    return Result(course, verdict, size)


def _without_faults(cluster: Cluster, dumps: Dumps, log: Path) -> None:
    cluster.store.make_bucket(UNDISTURBED)
    environment = cluster.home.environment() | {"COPYDESK_LAKE": f"s3://{UNDISTURBED}", "COPYDESK_PROCESSES": "1"}
    command = [sys.executable, "-m", "localairflow.faults.undisturbed", SOURCE, *dumps.keys]
    with log.open("wb") as output:
        done = subprocess.run(command, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise RuntimeError(f"the run without faults failed with {done.returncode}; the end of {log}:\n{log.read_text()[-2000:]}")


def telling() -> Tell:
    """Tell on standard output, with the seconds since now."""
    began = time.monotonic()

    def tell(text: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:6.0f} s  {text}\n")
        sys.stdout.flush()

    return tell
