from __future__ import annotations

import json
import time

import pytest

import copydesk

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

SOURCE, DAY, MONTH = "harbour_courier", "2026-11-02", "2026-11"
RUN_TIMEOUT_S = 600.0
EVENT_TIMEOUT_S = 120.0


@pytest.fixture(scope="module")
def ingested(airflow, settle):
    """A day ingested and its month curated: the id of the run."""
    run_id = airflow.api.trigger(f"ingest_{SOURCE}", DAY)
    assert airflow.api.wait_for_run(f"ingest_{SOURCE}", run_id, RUN_TIMEOUT_S)["state"] == "success"
    settle(airflow)
    return run_id


@pytest.fixture
def ended(site):
    """The event with which a task of a run ended well; it comes after Airflow knows that it has."""

    def find(job, run_id):
        give_up = time.monotonic() + EVENT_TIMEOUT_S
        while time.monotonic() < give_up:
            found = [event for event in events(site.lineage) if is_end(event, job, run_id)]
            if found:
                [event] = found
                return event
            time.sleep(0.5)
        raise AssertionError(f"no event of the end of {job} in {run_id}")

    return find


def events(folder):
    texts = [file.read_text() for file in folder.iterdir()]
    return [json.loads(text) for text in texts if text.endswith("\n")]  # others are being written


def is_end(event, job, run_id):
    is_of_run = event["run"]["facets"].get("airflow", {}).get("dagRun", {}).get("run_id") == run_id
    return is_of_run and (event["eventType"], event["job"]["name"]) == ("COMPLETE", job)


def places(datasets):
    assert {dataset["namespace"] for dataset in datasets} <= {"file"}
    return [dataset["name"] for dataset in datasets]


def statistics(dataset):
    facet = dataset["outputFacets"]["outputStatistics"]
    return facet["rowCount"], facet["size"], facet["fileCount"]


def published(folder, rows):
    sizes = [file.stat().st_size for file in folder.glob("*.parquet")]
    return rows, sum(sizes), len(sizes)


def test_the_end_of_publish_names_the_raw_files_and_the_partitions_with_their_rows(ingested, ended, site, lake):
    event = ended(f"ingest_{SOURCE}.publish", ingested)
    assert event["run"]["facets"]["airflow"]["dagRun"]["partition_key"] == DAY
    assert places(event["inputs"]) == sorted(map(str, (site.raw / SOURCE / DAY).iterdir()))
    expected = {}
    for name in ("clean", "quarantine", "removed"):
        rows = copydesk.read(name, start=DAY, end=DAY, sources=[SOURCE], columns=["dump"], root=lake).num_rows
        folder = lake / name / f"source={SOURCE}" / f"dump={DAY}"
        expected[str(folder)] = published(folder, rows)
    assert {dataset["name"]: statistics(dataset) for dataset in event["outputs"]} == expected


def test_the_end_of_curation_names_the_dumps_of_the_month_and_its_days(ingested, ended, airflow, lake):
    runs = [run for run in airflow.api.runs("curate") if run["partition_key"] == MONTH]
    event = ended("curate.curate_month", runs[-1]["dag_run_id"])
    clean = copydesk.read("clean", columns=["source", "dump", "published_at"], root=lake).to_pylist()
    dumps = {(row["source"], row["dump"]) for row in clean if f"{row['published_at']:%Y-%m}" == MONTH}
    assert places(event["inputs"]) == [f"{lake}/clean/source={source}/dump={dump}" for source, dump in sorted(dumps)]
    days = {
        str(folder): copydesk.read(folder.parent.name, start=day, end=day, columns=["article_id"], root=lake).num_rows
        for name in ("articles", "article_versions")
        for folder in (lake / name).glob(f"published_date={MONTH}-*")
        for day in [folder.name.partition("=")[2]]
    }
    assert {dataset["name"]: statistics(dataset)[0] for dataset in event["outputs"]} == days


def test_a_step_between_them_names_nothing(ingested, ended):
    event = ended(f"ingest_{SOURCE}.judge", ingested)
    assert (event["inputs"], event["outputs"]) == ([], [])


def test_a_lineage_backend_that_is_down_is_a_warning_and_no_failure(ingested, airflow):
    log = airflow.api.log(f"ingest_{SOURCE}", ingested, "publish")
    assert "Failed to emit OpenLineage `COMPLETE` event" in log
