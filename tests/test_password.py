"""The password of `admin` is the one in `.env`, also where the volume has another from before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

SCRIPT = "deploy/config/copydesk_password.py"
READ = """
import json, sys
from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import SimpleAuthManager

json.dump(SimpleAuthManager.get_passwords(), open(sys.argv[1], "w"))
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "auth" / "passwords.json"
    path.parent.mkdir()
    return path


@pytest.fixture
def known(tmp_path, file):
    """The passwords that Airflow knows, asked in a process of its own: in this one it could be set up once only, and others do."""

    def ask():
        environment = {
            "PATH": os.environ["PATH"],
            "AIRFLOW_HOME": str(tmp_path / "home"),
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(file),
        }
        command = [sys.executable, "-c", READ, tmp_path / "known.json"]
        subprocess.run(command, env=environment, capture_output=True, timeout=800, check=True)
        return json.loads((tmp_path / "known.json").read_text())

    return ask


@pytest.fixture
def run(checkout, file):
    """What `init` runs, with a password; what it said stands in `stdout` and `stderr`."""

    def run(password):
        command = [sys.executable, checkout / SCRIPT, file]
        environment = {"PATH": os.environ["PATH"], "ADMIN_PASSWORD": password}
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=800, check=False)

    return run


def test_a_new_volume_gets_the_password_for_its_owner_alone(run, file, known):
    done = run('first "of" all')
    assert done.returncode == 0, done.stderr
    assert known() == {"admin": 'first "of" all'}
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_another_password_reaches_a_volume_that_is_there_and_nobody_else(run, file, known):
    run("first")
    file.write_text(json.dumps({"admin": "first", "ada": "her own"}))
    done = run("second")
    assert known() == {"admin": "second", "ada": "her own"}
    assert "a new password" in done.stdout
    assert not {"first", "second", "her own"} & set((done.stdout + done.stderr).split())


def test_the_same_password_changes_nothing(run, file):
    run("first")
    before = file.stat()
    assert "the same password" in run("first").stdout
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_new_file_that_a_kill_has_left_is_in_nobodys_way(run, file, known):
    (file.parent / ".passwords.json.new").write_text("half")
    assert run("first").returncode == 0
    assert known() == {"admin": "first"}


@pytest.mark.parametrize(
    ("text", "password", "said"), [("[1]", "x", "no list of passwords"), ("{", "x", "no list"), ("", "", "in .env")]
)
def test_what_cannot_be_is_said_with_what_to_do(run, file, text, password, said):
    file.write_text(text)
    done = run(password)
    assert done.returncode == 1
    assert said in done.stderr
    assert file.read_text() == text


def test_init_runs_it_with_the_file_that_airflow_reads(checkout):
    services = yaml.safe_load((checkout / "docker-compose.yaml").read_text())["services"]
    init, airflow = services["init"], services["api-server"]["environment"]
    path = airflow["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]
    assert f"python /opt/airflow/config/{Path(SCRIPT).name} {path}\n" in init["command"][0]
    assert "AIRFLOW_ADMIN_PASSWORD" in init["environment"]["ADMIN_PASSWORD"]
    assert "COPY deploy/config /opt/airflow/config\n" in (checkout / "Dockerfile").read_text()
