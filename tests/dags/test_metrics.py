"""Our metrics by OpenTelemetry, as Airflow's `[metrics] otel_on` sends them; from tasks of a whole cluster: `tests/integration/test_faults.py`; by StatsD: `tests/integration/upkeep/test_telling.py`."""

from __future__ import annotations

import os
import subprocess
import sys

TASK = """
from airflow.sdk.observability.metrics import stats_utils
from airflow.sdk.observability.stats import Stats
Stats.initialize(factory=stats_utils.get_stats_factory(), export_legacy_names=False)  # as Airflow does before a task
from desk.metrics import count, gauge, timed
count("copydesk.records", 3, {"source": "courier", "stage": "clean", "fate": "accepted"})
gauge("copydesk.scrub_findings", 2, {"fault": "missing"})
with timed("courier", "clean"):
    pass
"""


def test_counts_gauges_and_seconds_reach_a_collector_with_their_tags(collector, airflow_environment, checkout):
    environment = airflow_environment | {
        **collector.environment,
        "AIRFLOW__METRICS__OTEL_ON": "True",
        "PYTHONPATH": os.pathsep.join([str(checkout / "dags"), *sys.path]),
    }
    done = subprocess.run([sys.executable, "-c", TASK], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert collector.told("copydesk.records") == [{"fate": "accepted", "source": "courier", "stage": "clean"}]
    assert collector.total("copydesk.records") == 3
    assert collector.told("copydesk.scrub_findings") == [{"fault": "missing"}]
    assert collector.total("copydesk.scrub_findings") == 2
    assert collector.told("copydesk.seconds") == [{"source": "courier", "stage": "clean"}]
    assert collector.total("copydesk.seconds") == 1
