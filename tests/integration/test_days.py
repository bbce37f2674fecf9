from __future__ import annotations

import shutil
import time

import pytest

import copydesk
from timing import TRIES, slowness

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

RUN_TIMEOUT_S = 600.0
MAX_SMALL_RUN_S = 45.0


@pytest.fixture
def run_day(airflow):
    """Trigger a day and wait for its end: the run's state and id."""

    def run(dag_id, key):
        run_id = airflow.api.trigger(dag_id, key)
        return airflow.api.wait_for_run(dag_id, run_id, RUN_TIMEOUT_S)["state"], run_id

    return run


@pytest.fixture
def failure(airflow):
    """The task that failed, at which try, and what it logged."""

    def find(dag_id, run_id):
        [task] = [task for task in airflow.api.tasks(dag_id, run_id) if task["state"] == "failed"]
        return task["task_id"], task["try_number"], airflow.api.log(dag_id, run_id, task["task_id"])

    return find


def rows_of(lake, dataset, source):
    return copydesk.read(dataset, sources=[source], columns=["article_id"], root=lake).num_rows


def test_a_small_daily_run_takes_less_than_45_seconds(backfilled, run_day, record_property):
    for _ in range(TRIES):  # whatever else the machine does meanwhile
        began = time.monotonic()
        state, _ = run_day("ingest_nordtor_zeitung", "2026-11-02")
        seconds = time.monotonic() - began
        assert state == "success"
        if seconds < MAX_SMALL_RUN_S * slowness():
            break
    record_property("seconds from trigger to success", seconds)
    assert seconds < MAX_SMALL_RUN_S * slowness()


def test_a_day_above_the_limit_fails_at_once_with_the_numbers_and_publishes_nothing(run_day, failure, lake):
    state, run_id = run_day("ingest_strict", "2026-11-02")
    task, tries, log = failure("ingest_strict", run_id)
    assert (state, task, tries) == ("failed", "judge", 1)
    assert "strict 2026-11-02: held, nothing was published" in log
    assert rows_of(lake, "clean", "strict") == 0


def test_a_day_without_a_dump_fails_at_once_where_the_source_minds(run_day, failure):
    state, run_id = run_day("ingest_strict", "2026-11-09")
    task, tries, log = failure("ingest_strict", run_id)
    assert (state, task, tries) == ("failed", "plan", 1)
    assert "strict 2026-11-09: no dump under" in log


def test_a_run_without_a_day_says_how_to_give_one(run_day, failure):
    _, run_id = run_day("ingest_strict", None)
    task, tries, log = failure("ingest_strict", run_id)
    assert (task, tries) == ("plan", 1)
    assert "fill in 'Partition Key' with a dump day such as 2026-11-03" in log.replace("\\'", "'")


def test_an_emptied_day_is_published_as_empty(run_day, site, lake, airflow, settle):
    dump = site.raw / "fleeting" / "2026-11-01"
    shutil.copytree(site.raw / "harbour_courier" / "2026-11-01", dump)
    assert run_day("ingest_fleeting", "2026-11-01")[0] == "success"
    settle(airflow)
    assert rows_of(lake, "clean", "fleeting") > 0
    assert rows_of(lake, "articles", "fleeting") > 0

    shutil.rmtree(dump)
    assert run_day("ingest_fleeting", "2026-11-01")[0] == "success"
    settle(airflow)
    assert (lake / "clean" / "source=fleeting" / "dump=2026-11-01" / "_manifest.json").is_file()
    assert rows_of(lake, "clean", "fleeting") == 0
    assert rows_of(lake, "articles", "fleeting") == 0


def test_an_empty_day_that_was_always_empty_starts_no_curation(run_day, airflow):
    _, run_id = run_day("ingest_fleeting", "2026-11-02")
    states = {task["task_id"]: task["state"] for task in airflow.api.tasks("ingest_fleeting", run_id)}
    assert (states["publish"], states["announce"]) == ("success", "skipped")
