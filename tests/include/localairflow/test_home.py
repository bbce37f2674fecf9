from __future__ import annotations

import socket
import stat
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text

from localairflow.home import LOOPBACK, Home, free_port


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


def test_who_writes_to_the_database_waits_for_another_writer_for_a_minute(home):
    home.folder.mkdir()
    engine = create_engine(home.environment()["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"])
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 60_000
    engine.dispose()
    assert home.database.is_file()


def test_a_free_port_is_kept_for_the_server_that_was_promised_it():
    ports = [free_port() for _ in range(50)]
    for port in ports:
        with closing(socket.socket()) as other, pytest.raises(OSError, match="in use"):
            other.bind((LOOPBACK, port))
        with socket.create_server((LOOPBACK, port)) as server:  # as servers do, it asks for a port again that has been used
            assert server.getsockname()[1] == port
