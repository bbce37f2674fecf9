from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from copydesk.errors import BadInput
from copydesk.filesystems import connection
from copydesk.storage import Storage

KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION")


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    """What storage puts into the environment, a test must give back."""
    for name in (*KEYS, connection.TAKEN_BY):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


@pytest.fixture
def connect(store, monkeypatch):
    """Make the connection what it is now; the name of it is set."""

    def make(password="keys"):
        extra = {"endpoint_url": store.url, "region_name": "us-east-1"}
        one = {"conn_type": "aws", "login": "owner", "password": password, "extra": extra}
        monkeypatch.setenv("AIRFLOW_CONN_THE_STORE", json.dumps(one))
        monkeypatch.setenv(connection.VARIABLE, "the_store")

    return make


def test_a_bucket_opens_with_the_keys_of_an_airflow_connection(connect):
    connect()
    bucket = Storage.open("s3://archive/by-connection")
    bucket.write_bytes("kept", b"here")
    assert bucket.read_bytes("kept") == b"here"


def test_keys_that_were_renewed_reach_a_bucket_that_is_open(connect, monkeypatch):
    connect("revoked")
    bucket = Storage.open("s3://archive/by-connection")
    with pytest.raises(OSError, match="SIGNATURE_DOES_NOT_MATCH"):
        bucket.write_bytes("renewed", b"here")
    connect()
    connection.take_keys()
    with pytest.raises(OSError, match="SIGNATURE_DOES_NOT_MATCH"):
        bucket.write_bytes("renewed", b"here")
    monkeypatch.setattr(connection, "KEPT_S", 0.0)
    connection.take_keys()
    bucket.write_bytes("renewed", b"here")
    assert bucket.read_bytes("renewed") == b"here"


def test_a_process_that_was_started_has_the_keys_and_does_not_ask(connect, monkeypatch):
    connect()
    Storage.open("s3://archive/by-connection").write_bytes("inherited", b"here")
    monkeypatch.delenv("AIRFLOW_CONN_THE_STORE")
    script = "from copydesk.storage import Storage; print(Storage.open('s3://archive/by-connection').read_bytes('inherited'))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "b'here'\n", done.stderr


def test_a_connection_that_airflow_does_not_give_is_named(connect, monkeypatch):
    connect()
    monkeypatch.setenv(connection.VARIABLE, "another")
    with pytest.raises(OSError, match="COPYDESK_CONNECTION=another: Airflow gives no such connection; add it"):
        Storage.open("s3://archive/by-connection")


def test_without_airflow_it_says_what_to_set_instead(connect, tmp_path):
    connect()
    (tmp_path / "airflow.py").write_text("raise ModuleNotFoundError('No module named airflow', name='airflow')")
    script = "from copydesk.storage import Storage; Storage.open('s3://archive')"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert BadInput.__name__ in done.stderr
    assert "there is no airflow here; run this where Airflow and the plugins of Copydesk are, or unset it" in done.stderr


def test_keys_in_the_address_are_those_that_count(connect, store, monkeypatch):
    connect("revoked")
    monkeypatch.setenv(connection.VARIABLE, "another")
    bucket = Storage.open(store.uri("archive/by-address"))
    bucket.write_bytes("kept", b"here")
    assert bucket.read_bytes("kept") == b"here"


def test_without_the_setting_the_environment_stays_as_it_is(monkeypatch):
    monkeypatch.delenv(connection.VARIABLE, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "mine")
    connection.take_keys()
    assert os.environ["AWS_ACCESS_KEY_ID"] == "mine"
