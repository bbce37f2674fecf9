from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

import copydesk

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

DAYS = ("2026-11-01", "2026-11-02", "2026-11-03")
SAMPLES = ("harbour_courier", "nordtor_zeitung", "veyrat_info")
DAGS = tuple(f"ingest_{name}" for name in SAMPLES)


def test_every_day_has_one_run_first_and_last_included_and_all_are_green(backfilled):
    ingest = Counter((run.dag_id, run.key, run.state) for run in backfilled.runs if run.dag_id != "curate")
    assert ingest == {(dag_id, day, "success"): 1 for dag_id, day in product(DAGS, DAYS)}


def test_curation_ran_for_every_month_that_was_touched(backfilled, lake):
    runs = copydesk.read("runs", columns=["touched_months"], sources=SAMPLES, root=lake).to_pylist()
    touched = {month for run in runs for month in run["touched_months"] or ()}
    curated = {(run.key, run.state) for run in backfilled.runs if run.dag_id == "curate"}
    assert curated == {(month, "success") for month in touched}


def test_articles_hold_one_current_version_of_each(backfilled, lake):
    current = copydesk.read("articles", columns=["article_id"], root=lake)["article_id"].to_pylist()
    clean = copydesk.read("clean", columns=["article_id"], root=lake)["article_id"].to_pylist()
    assert len(current) == len(set(current))
    assert set(current) == set(clean)
    assert len(clean) > len(current), "the samples hold re-crawled articles"


def test_the_event_of_a_day_carries_its_counts(backfilled, airflow, lake):
    events = airflow.api.events("clean/harbour_courier")
    assert sorted(event["partition_key"] for event in events) == list(DAYS)
    rows = Counter(str(dump) for dump in copydesk.read("clean", columns=["dump"], sources=["harbour_courier"], root=lake)["dump"])
    assert {event["partition_key"]: event["extra"]["records_accepted"] for event in events} == rows


def test_mapped_tasks_are_named_by_their_shard(backfilled, airflow):
    [run] = [run for run in backfilled.runs if (run.dag_id, run.key) == (DAGS[0], DAYS[0])]
    shards = [task["rendered_map_index"] for task in airflow.api.tasks(run.dag_id, run.run_id) if task["task_id"] == "segment"]
    assert shards == ["shard 0"]


def test_a_day_run_again_changes_no_byte_of_what_is_published(backfilled, airflow, lake, settle, snapshot):
    before = snapshot(lake)
    run_id = airflow.api.trigger("ingest_veyrat_info", "2026-11-02")
    assert airflow.api.wait_for_run("ingest_veyrat_info", run_id, 120)["state"] == "success"
    settle(airflow)
    assert snapshot(lake) == before


def test_airflow_lists_no_import_error(airflow):
    assert "No data found" in airflow.command("dags", "list-import-errors")
