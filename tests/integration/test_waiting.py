from __future__ import annotations

import re
import shutil
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import copydesk

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

TODAY = datetime.now(ZoneInfo("Europe/London")).date()  # its deadline has not passed
RUN_TIMEOUT_S = 600.0
FAR_OFF = timedelta(hours=1)  # however long a run takes to begin


@pytest.fixture
def state_of(airflow):
    """The state of a task of a run."""

    def find(dag_id, run_id, task_id):
        [state] = [task["state"] for task in airflow.api.tasks(dag_id, run_id) if task["task_id"] == task_id]
        return state

    return find


def wait_until(is_so):
    give_up = time.monotonic() + RUN_TIMEOUT_S
    while not is_so():
        assert time.monotonic() < give_up, "it never came to that"
        time.sleep(0.5)


def deliver(site, day):
    """A dump file by file, the marker last."""
    shutil.copytree(site.raw / "harbour_courier" / "2026-11-01", site.raw / "patient" / day)
    (site.raw / "patient" / day / "_SUCCESS").touch()


def test_a_day_that_waits_holds_no_worker_and_begins_when_the_marker_is_there(airflow, site, lake, state_of, settle):
    today = str(TODAY)
    run_id = airflow.api.trigger("ingest_patient", today)
    wait_until(lambda: state_of("ingest_patient", run_id, "wait_for_dump") == "deferred")
    wait_until(lambda: (airflow.api.slots("deferred"), airflow.api.slots("occupied")) == (1, 0))
    assert state_of("ingest_patient", run_id, "plan") is None

    deliver(site, today)
    assert airflow.api.wait_for_run("ingest_patient", run_id, RUN_TIMEOUT_S)["state"] == "success"
    settle(airflow)
    rows = copydesk.read("clean", sources=["patient"], columns=["dump", "origin_uri"], root=lake).to_pylist()
    assert {row["dump"] for row in rows} == {today}
    assert not [row for row in rows if row["origin_uri"].endswith("_SUCCESS")]


def test_a_day_not_complete_at_its_deadline_fails_and_says_what_was_there(airflow, site, state_of):
    yesterday = str(TODAY - timedelta(days=1))
    shutil.copytree(site.raw / "harbour_courier" / "2026-11-01", site.raw / "overdue" / yesterday)
    set_deadline(site, datetime.now(UTC) + FAR_OFF)
    run_id = airflow.api.trigger("ingest_overdue", yesterday)
    wait_until(lambda: state_of("ingest_overdue", run_id, "wait_for_dump") == "deferred")
    set_deadline(site, datetime.now(UTC))  # whoever waits looks into the source file again each time

    assert airflow.api.wait_for_run("ingest_overdue", run_id, RUN_TIMEOUT_S)["state"] == "failed"
    assert state_of("ingest_overdue", run_id, "wait_for_dump") == "failed"
    log = airflow.api.log("ingest_overdue", run_id, "wait_for_dump")
    assert f"overdue {yesterday}: the dump is not complete at its deadline" in log
    assert "but no marker, waited for" in log


def set_deadline(site, deadline):
    """As an operator would: in the source file, in hours after the end of yesterday."""
    file = site.sources / "overdue.toml"
    midnight = datetime.combine(TODAY, datetime.min.time(), ZoneInfo("Europe/London"))
    hours = (deadline - midnight).total_seconds() / 3600
    file.write_text(re.sub("deadline_hours = .*", f"deadline_hours = {hours}", file.read_text()))
