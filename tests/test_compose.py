from __future__ import annotations

import os
import shutil
import subprocess

import pytest

SECRETS = ("POSTGRES_PASSWORD", "AIRFLOW_FERNET_KEY", "AIRFLOW_SECRET_KEY", "AIRFLOW_ADMIN_PASSWORD")
COMPOSE = shutil.which("docker-compose")

pytestmark = pytest.mark.skipif(COMPOSE is None, reason="docker-compose is not installed")


@pytest.fixture
def configure(checkout, tmp_path):
    """`docker-compose config` with some of the secrets set."""

    def run(given):
        environment = {name: value for name, value in os.environ.items() if name not in SECRETS}
        (tmp_path / ".env").touch()  # not the one of whoever runs this
        command = [COMPOSE, "--file", checkout / "docker-compose.yaml", "--env-file", tmp_path / ".env", "config"]
        return subprocess.run(command, env=environment | given, capture_output=True, text=True, timeout=60, check=False)

    return run


def test_the_compose_file_is_valid(configure):
    done = configure(dict.fromkeys(SECRETS, "secret"))
    assert done.returncode == 0, done.stderr


def test_only_the_ui_is_published_and_only_to_this_machine(configure):
    published = [line.strip() for line in configure(dict.fromkeys(SECRETS, "secret")).stdout.splitlines() if "8080/tcp" in line]
    assert published == ["- 127.0.0.1:8080:8080/tcp"]


@pytest.mark.parametrize("missing", SECRETS)
def test_a_secret_that_is_missing_is_named(configure, missing):
    done = configure({name: "secret" for name in SECRETS if name != missing})
    assert done.returncode != 0
    assert f"set {missing} in .env" in done.stderr
