"""`make cluster`: the topology of docker-compose.yaml without a container, until Ctrl-C."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import NoReturn

from rich.console import Console

from localairflow.cluster.topology import Cluster
from localairflow.home import CHECKOUT, USER, write_exports
from localairflow.up import refuse_taken

FOLDER = CHECKOUT / ".cluster"


def serve_cluster(console: Console, port: int, workers: int) -> NoReturn:
    """Run until interrupted, with the samples as raw dumps; what was made stays in `.cluster`."""
    refuse_taken(port)
    console.print("Starting Postgres, Valkey, S3, and Airflow with its Celery workers: a minute.")
    with Cluster(FOLDER, CHECKOUT / "include" / "sources", workers, port=port) as cluster:
        home = cluster.home
        command = [sys.executable, "-m", "copydesk.cli", "put", str(CHECKOUT / "include" / "samples")]
        subprocess.run(command, env=home.environment(), check=True)  # noqa: S603 - the command is ours
        console.print(f"\n  {home.url}\n  user {USER}, password {home.password}\n", highlight=False)
        console.print(f"S3 at {cluster.store.url}: raw dumps in {home.raw}, the lake in {home.lake}", highlight=False)
        console.print(
            f"processes: {', '.join([*cluster.services, *cluster.airflow.components])}; logs below {FOLDER}", highlight=False
        )
        write_exports(FOLDER / "env", home.environment())
        console.print(f"For `copydesk` and `airflow` in another shell: . {FOLDER / 'env'}", highlight=False, soft_wrap=True)
        console.print(
            "\nTry: an ingest DAG, Trigger, Backfill, 2026-11-01 to 2026-11-03. Ctrl-C stops everything.", highlight=False
        )
        while True:
            cluster.airflow.fail_if_one_ended()
            time.sleep(1)
