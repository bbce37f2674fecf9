"""Our metrics by OpenTelemetry, as Airflow's `[metrics] otel_on` sends them; by StatsD: `tests/integration/upkeep/test_telling.py`."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

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


@dataclass
class Collector:
    """What an OpenTelemetry collector was sent, by HTTP."""

    port: int = 0
    points: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # the attributes of each, by metric
    values: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def collector() -> Iterator[Collector]:
    from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = ExportMetricsServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
            for metric in [one for of in request.resource_metrics for scope in of.scope_metrics for one in scope.metrics]:
                for point in getattr(metric, metric.WhichOneof("data")).data_points:
                    told = {each.key: each.value.string_value for each in point.attributes}
                    collector.points.setdefault(metric.name, []).append(told)
                    collector.values[metric.name] = getattr(point, "as_int", 0) or getattr(point, "as_double", 0)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collector.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield collector
    server.shutdown()
    server.server_close()


def test_counts_gauges_and_seconds_reach_a_collector_with_their_tags(collector, airflow_environment, checkout):
    environment = airflow_environment | {
        "AIRFLOW__METRICS__OTEL_ON": "True",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.port}",
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "PYTHONPATH": os.pathsep.join([str(checkout / "dags"), *sys.path]),
    }
    done = subprocess.run([sys.executable, "-c", TASK], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    records = {name: points for name, points in collector.points.items() if name.endswith("copydesk.records")}
    [name] = records
    assert told(collector, name) == [{"source": "courier", "stage": "clean", "fate": "accepted"}]
    assert collector.values[name] == 3
    [findings] = [name for name in collector.points if name.endswith("copydesk.scrub_findings")]
    assert told(collector, findings) == [{"fault": "missing"}]
    assert collector.values[findings] == 2
    [seconds] = [name for name in collector.points if name.endswith("copydesk.seconds")]
    assert told(collector, seconds) == [{"source": "courier", "stage": "clean"}]


def told(collector: Collector, name: str) -> list[dict[str, str]]:
    """The different attributes of a metric: a sum is sent again whenever there is something to send."""
    points = collector.points[name]
    return [point for number, point in enumerate(points) if point not in points[:number]]
