from __future__ import annotations

import stat

import pytest

from localairflow.home import Home


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "airflow", "raw", "lake", "sources", 8080)


def test_what_the_environment_says_of_another_airflow_is_not_inherited(home, monkeypatch):
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "CeleryExecutor")
    monkeypatch.setenv("AIRFLOW__CORE__FERNET_KEY", "theirs")
    monkeypatch.setenv("COPYDESK_LAKE", "theirs")
    environment = home.environment()
    assert environment["AIRFLOW__CORE__EXECUTOR"] == "LocalExecutor"
    assert environment["COPYDESK_LAKE"] == "lake"
    assert "theirs" not in environment.values()


def test_airflow_listens_to_this_machine_alone(home):
    assert home.environment()["AIRFLOW__API__HOST"] == "127.0.0.1"


def test_the_password_is_kept_and_nobody_else_reads_it(home):
    password = home.password
    assert Home(home.folder, "raw", "lake", "sources", 8081).password == password
    assert stat.S_IMODE((home.folder / "passwords.json").stat().st_mode) == 0o600


def test_two_homes_do_not_share_a_key(home, tmp_path):
    other = Home(tmp_path / "other", "raw", "lake", "sources", 8080)
    assert other.signing_key != home.signing_key
    assert other.password != home.password
