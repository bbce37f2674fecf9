"""The short version of docs/reliability.md: a cluster, a backfill, and a kill for each kind of process."""

from __future__ import annotations

from collections import Counter

import pytest

from copydesk.benchmarks.archive import SOURCE
from localairflow.faults.dumps import Dumps
from localairflow.faults.experiment import Experiment, carry_out, telling
from localairflow.faults.page import page
from localairflow.faults.strikes import plan_outages, plan_strikes

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

DAYS, DOCUMENTS, KILLS, SEED = 4, 20, 6, 7
STAGES = ("plan", "segment", "add_up_repetition", "clean", "judge", "publish")
# What is missed is missed sooner than in deploy/config: nothing here pauses for so long while it lives, and the test should be short.
HASTY = {
    "scheduler__task_instance_heartbeat_timeout": "20",
    "scheduler__task_instance_heartbeat_timeout_detection_interval": "3",
    "scheduler__task_queued_timeout": "20",
    "scheduler__task_queued_timeout_check_interval": "3",
    "scheduler__orphaned_tasks_check_interval": "10",
}


def test_a_backfill_whose_processes_are_killed_gives_the_lake_of_one_without_faults(tmp_path, collector, monkeypatch):
    for name, value in collector.environment.items():
        monkeypatch.setenv(name, value)
    experiment = Experiment(Dumps(DAYS, DOCUMENTS, SEED), KILLS, workers=2)
    result = carry_out(experiment, tmp_path, 1500, telling(), HASTY | {"metrics__otel_on": "True"})
    verdict = result.verdict
    assert {strike.victim for strike in result.course.strikes} == set(experiment.victims)
    assert set(verdict.states) == {"success"}
    assert verdict.states["success"] > DAYS, "curation has runs of its own"
    assert not verdict.different
    assert not verdict.findings
    assert verdict.rows == DAYS * DOCUMENTS
    assert f"| kills | {KILLS} |" in page(experiment, result)
    ours = {"processes", "passwords.json", "signing.key"}
    assert {file.name for file in (tmp_path / "cluster" / "airflow").iterdir()} - ours == {"logs"}, (
        "the containers of docker-compose.yaml have a volume for logs, and nothing else below AIRFLOW_HOME can be written there"
    )
    kills = sum(strike.victim.startswith("worker") for strike in result.course.strikes)
    assert_tasks_told_by_opentelemetry(collector, kills)


def assert_tasks_told_by_opentelemetry(collector, kills):
    """A task that was killed may have told what its next try tells again, so of each at least as much as there was; but a worker that is
    killed when Airflow knows of the end of its task and before the metrics are sent takes those of one task with it."""
    told = {stage: collector.total("copydesk.seconds", source=SOURCE, stage=stage) for stage in STAGES}
    assert sum(max(0, DAYS - count) for count in told.values()) <= kills, told
    assert min(told.values()) > 0, told
    assert collector.total("copydesk.seconds", source="curate", stage="curate") >= 1
    assert collector.total("copydesk.records", source=SOURCE, stage="publish", fate="accepted") >= DOCUMENTS * min(
        told["publish"], DAYS
    )


def test_strikes_are_the_same_for_a_seed_and_each_victim_has_its_share():
    victims = ["worker", "store", "valkey"]
    strikes = plan_strikes(10, victims, 1)
    assert strikes == plan_strikes(10, victims, 1) != plan_strikes(10, victims, 2)
    assert sorted(Counter(strike.victim for strike in strikes).values()) == [3, 3, 4]
    assert [strike.after for strike in strikes] == sorted(strike.after for strike in strikes)


def test_services_are_away_one_after_the_other_each_for_as_long_as_was_asked():
    outages = plan_outages({"postgres": 120, "valkey": 60}, 1)
    assert outages == plan_outages({"postgres": 120, "valkey": 60}, 1)
    assert [(outage.victim, outage.down_s) for outage in outages] == [("postgres", 120), ("valkey", 60)]
    assert 0 < outages[0].after < outages[1].after < 1
