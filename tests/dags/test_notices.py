from __future__ import annotations

import pytest

WRONG = ["ftp:desk", "mailto:", "http://pager.example/hook", "desk@example.org"]


@pytest.fixture
def read_with(read_dags, write_source):
    """The DAGs where `COPYDESK_NOTIFY` has a value."""
    return lambda targets: read_dags(write_source("good"), COPYDESK_NOTIFY=targets)


def test_by_default_nobody_is_told(shipped):
    assert {name: dag["notices"] for name, dag in shipped.dags.items() if dag["notices"]} == {}


def test_every_task_of_every_dag_tells_whoever_is_named(read_with):
    found = read_with("mailto:desk@example.org slack:alerts http:pager")
    assert found.errors == {}
    for name, dag in found.dags.items():
        assert dag["notices"] == ["HttpNotifier", "SlackWebhookNotifier", "SmtpNotifier"], name


@pytest.mark.parametrize("target", WRONG)
def test_a_wrong_target_is_one_import_error_and_stops_no_dag(read_with, target):
    found = read_with(f"mailto:desk@example.org {target}")
    [error] = found.errors.values()
    assert f"COPYDESK_NOTIFY: '{target}' is none of mailto:ADDRESS, slack:CONNECTION and http:CONNECTION" in error
    assert found.dags["ingest_good"]["notices"] == ["SmtpNotifier"]
