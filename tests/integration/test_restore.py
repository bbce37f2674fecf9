"""What docs/operations/lake.md says of backing up and restoring, with a real Airflow: everything is there again, and work goes on."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace

import pytest

import copydesk
from localairflow.home import free_port
from localairflow.server import LocalAirflow
from localairflow.waiting import outcomes

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

RUN_TIMEOUT_S = 600.0
DATASETS = ("clean", "quarantine", "removed", "articles", "runs")


def copydesk_command(lake, *words):
    command = [sys.executable, "-m", "copydesk.cli", *words]
    environment = {"COPYDESK_LAKE": str(lake), "PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def back_up(database, target):
    """SQLite's own way, beside a running Airflow; of Postgres it is `pg_dump`."""
    with closing(sqlite3.connect(database)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def test_database_and_lake_come_back_on_an_empty_machine_and_the_next_day_runs(
    backfilled, airflow, site, tmp_path, record_property
):
    before = {name: copydesk.read(name, root=airflow.home.lake) for name in DATASETS}
    known = {(run.dag_id, run.run_id, run.state) for run in outcomes(airflow.api, sorted(airflow.api.dags()))}
    back_up(airflow.home.database, tmp_path / "airflow.db")
    began = time.monotonic()
    copydesk_command(airflow.home.lake, "backup", str(tmp_path / "copy"))
    record_property("seconds to copy the lake", time.monotonic() - began)

    began = time.monotonic()
    machine = tmp_path / "machine"
    machine.mkdir()
    home = replace(airflow.home, folder=machine / "airflow", lake=str(machine / "lake"), port=free_port(), options={})
    home.folder.mkdir()
    shutil.copy(tmp_path / "airflow.db", home.database)
    for secret in ("passwords.json", "signing.key"):
        shutil.copy(airflow.home.folder / secret, home.folder / secret)
    copydesk_command(tmp_path / "copy", "backup", home.lake)
    assert copydesk_command(home.lake, "scrub").endswith(": clean\n")
    restored = time.monotonic() - began
    assert {name: copydesk.read(name, root=home.lake) for name in DATASETS} == before

    with LocalAirflow(home) as again:
        record_property("seconds from an empty machine to a UI that answers", time.monotonic() - began)
        record_property("seconds to restore the lake and scrub it", restored)
        again.wait_for_dags({"curate", "ingest_nordtor_zeitung"})
        found = {(run.dag_id, run.run_id, run.state) for run in outcomes(again.api, sorted(again.api.dags()))}
        assert known <= found
        run_id = again.api.trigger("ingest_nordtor_zeitung", "2026-11-02")
        assert again.api.wait_for_run("ingest_nordtor_zeitung", run_id, RUN_TIMEOUT_S)["state"] == "success"
    clean = copydesk.read("clean", root=home.lake)
    assert clean == before["clean"]
