"""The keys of the store stand in an Airflow connection and nowhere else: who opens raw dumps or the lake has them from there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from copydesk.storage import Storage
from localairflow.home import CHECKOUT, Home, free_port
from localairflow.server import LocalAirflow

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

DAY = str(datetime.now(UTC).date())  # its deadline has not passed
RUN_TIMEOUT_S = 600.0
SOURCE = f"""
name = "patient"
raw = "patient/{{key}}/*"
format = "text"
timezone = "Europe/London"
start = "{DAY}"
end = "{DAY}"
on_missing = "wait"
arrival = {{marker = "patient/{{key}}/_SUCCESS", deadline_hours = 200}}
"""


@pytest.fixture(scope="module")
def airflow(store, tmp_path_factory, monkeypatch_module):
    folder = tmp_path_factory.mktemp("connected")
    (folder / "sources").mkdir()
    (folder / "sources" / "patient.toml").write_text(SOURCE)
    variables = {"COPYDESK_CONNECTION": "the_store", "AWS_EC2_METADATA_DISABLED": "true"}
    home = Home(
        folder / "airflow", "s3://archive/raw", "s3://archive/lake", str(folder / "sources"), free_port(), variables=variables
    )
    with LocalAirflow(home) as airflow:
        extra = json.dumps({"endpoint_url": store.url, "region_name": "us-east-1"})
        keys = ("--conn-type", "aws", "--conn-login", "owner", "--conn-password", "keys", "--conn-extra", extra)
        airflow.command("connections", "add", "the_store", *keys)
        airflow.wait_for_dags({"ingest_patient", "curate", "housekeeping"})
        yield airflow


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        yield patch


def wait_for(airflow, run_id, task_id, state):
    give_up = time.monotonic() + RUN_TIMEOUT_S
    while state not in [task["state"] for task in airflow.api.tasks("ingest_patient", run_id) if task["task_id"] == task_id]:
        assert time.monotonic() < give_up, f"{task_id} is not {state}"
        time.sleep(1)


def test_triggerer_tasks_housekeeping_page_and_command_line_take_the_keys_from_the_connection(airflow, store, samples):
    run_id = airflow.api.trigger("ingest_patient", DAY)
    wait_for(airflow, run_id, "wait_for_dump", "deferred")
    raw = Storage.open(store.uri("archive/raw"))
    for file in sorted((samples / "harbour_courier" / "2026-11-02").iterdir()):
        raw.write_bytes(f"patient/{DAY}/{file.name}", file.read_bytes())
    raw.write_bytes(f"patient/{DAY}/_SUCCESS", b"")
    assert airflow.api.wait_for_run("ingest_patient", run_id, RUN_TIMEOUT_S)["state"] == "success"
    upkeep = airflow.api.trigger("housekeeping", None)
    assert airflow.api.wait_for_run("housekeeping", upkeep, RUN_TIMEOUT_S)["state"] == "success"
    assert f"/runs/patient/{DAY}" in page(airflow, f"/copydesk/?month={DAY[:7]}")
    told = subprocess.run(
        [sys.executable, "-m", "copydesk.cli", "datasets"],
        env=airflow.home.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "patient" in told.stdout
    assert "keys" not in {part for text in logs(airflow) for part in text.split('"')}


def page(airflow, path):
    with httpx.Client(base_url=airflow.home.url, trust_env=False, timeout=90) as client:
        credentials = {"username": "admin", "password": airflow.home.password}
        token = client.post("/auth/token", json=credentials).json()["access_token"]
        answer = client.get(path, headers={"Authorization": f"Bearer {token}"}, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def logs(airflow) -> list[str]:
    home = airflow.home
    found = [path for folder in (home.folder / "logs", home.logs) for path in Path(folder).rglob("*") if path.is_file()]
    assert found
    return [path.read_text(errors="replace") for path in found]


def test_nothing_of_ours_asks_for_keys_but_storage():
    files = [file for folder in ("dags", "plugins", "include/copydesk") for file in (CHECKOUT / folder).rglob("*.py")]
    asking = {file.name for file in files if "take_keys()" in file.read_text()}
    assert asking == {"bucket.py", "lake.py", "connection.py"}
