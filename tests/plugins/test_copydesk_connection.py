from __future__ import annotations

import json
import os

import pytest

from copydesk.storage import Storage
from copydesk_connection import take_keys

KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION")


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    """What a task puts into its environment, a test must give back."""
    for name in KEYS:
        monkeypatch.setenv(name, "")


def test_a_bucket_opens_with_the_keys_of_an_airflow_connection(store, monkeypatch):
    monkeypatch.setenv("COPYDESK_CONNECTION", "the_store")
    extra = {"endpoint_url": store.url, "region_name": "us-east-1"}
    connection = {"conn_type": "aws", "login": "owner", "password": "keys", "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_THE_STORE", json.dumps(connection))
    take_keys()
    bucket = Storage.open("s3://archive/by-connection")
    bucket.write_bytes("kept", b"here")
    assert bucket.read_bytes("kept") == b"here"


def test_without_one_the_environment_stays_as_it_is(monkeypatch):
    monkeypatch.delenv("COPYDESK_CONNECTION", raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "mine")
    take_keys()
    assert os.environ["AWS_ACCESS_KEY_ID"] == "mine"
