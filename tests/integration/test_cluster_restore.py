"""The commands of docs/operations/lake.md for a back-up and a restore, with Postgres and the lake on S3, as docker-compose.yaml has them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time

import pytest

import copydesk
from copydesk.benchmarks.archive import SOURCE
from copydesk.storage import Storage
from localairflow.cluster.topology import Cluster
from localairflow.faults.dumps import FIRST, Dumps
from localairflow.waiting import outcomes, wait_until_quiet

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

DAGS = (f"ingest_{SOURCE}", "curate")
DATASETS = ("clean", "articles", "runs")
TIMEOUT_S = 900.0
SECRETS = ("fernet.key", "airflow/signing.key", "airflow/passwords.json")  # what `.env` holds


@pytest.fixture
def dumps():
    return Dumps(days=2, documents=20, seed=3)


@pytest.fixture
def cluster(tmp_path, dumps):
    return Cluster(tmp_path / "cluster", dumps.write_source(tmp_path / "sources"), workers=1)


@pytest.fixture
def empty_machine(tmp_path, cluster):
    """Has the same secrets, and nothing else."""
    for secret in SECRETS:
        target = tmp_path / "machine" / secret
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tmp_path / "cluster" / secret, target)
    return Cluster(tmp_path / "machine", tmp_path / "sources", workers=1)


def run_copydesk(home, *words, **environment):
    command = [sys.executable, "-m", "copydesk.cli", *words]
    done = subprocess.run(command, env=home.environment() | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def held(cluster):
    return {name: copydesk.read(name, root=cluster.store.uri("lake")) for name in DATASETS}


def test_postgres_and_a_lake_on_s3_come_back_on_an_empty_machine(cluster, dumps, tmp_path, request, record_property):
    dump, copy = tmp_path / "airflow.dump", str(tmp_path / "copy")
    with cluster:
        dumps.write(Storage.open(cluster.store.uri("raw")))
        cluster.airflow.command("connections", "add", "pager", "--conn-type", "http", "--conn-password", "of the pager")
        cluster.airflow.wait_for_dags(set(DAGS), TIMEOUT_S)
        cluster.airflow.api.backfill(DAGS[0], FIRST, dumps.last)
        runs = wait_until_quiet(cluster.airflow.api, DAGS, TIMEOUT_S)
        assert {run.state for run in runs} == {"success"}
        before = held(cluster)
        began = time.monotonic()
        cluster.postgres.client("pg_dump", "--username", "airflow", "--format", "custom", "--file", str(dump), "airflow")
        run_copydesk(cluster.home, "backup", copy)
        record_property("seconds to back up", time.monotonic() - began)

    machine = request.getfixturevalue("empty_machine")
    began = time.monotonic()
    try:
        machine.start_services()
        options = ("--username", "airflow", "--dbname", "airflow", "--clean", "--if-exists")
        machine.postgres.client("pg_restore", *options, str(dump))
        run_copydesk(machine.home, "backup", "s3://lake", COPYDESK_LAKE=copy)
        assert run_copydesk(machine.home, "scrub").endswith(": clean\n")
        record_property("seconds to restore database and lake", time.monotonic() - began)
        assert held(machine) == before

        machine.airflow.start()
        record_property("seconds until everything is healthy", time.monotonic() - began)
        api = machine.airflow.api
        assert set(runs) <= set(outcomes(api, DAGS))
        [pager] = json.loads(machine.airflow.command("connections", "get", "pager", "--output", "json"))
        assert pager["password"] == "of the pager"
        dumps.write(Storage.open(machine.store.uri("raw")))
        run_id = api.trigger(DAGS[0], dumps.keys[0])
        assert api.wait_for_run(DAGS[0], run_id, TIMEOUT_S)["state"] == "success"
        assert held(machine)["clean"] == before["clean"]
    finally:
        machine.stop()
        machine.airflow.api.close()
