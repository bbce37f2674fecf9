"""An OpenTelemetry collector on this machine, as far as metrics by HTTP go: what it was sent, and what that sums up to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Tags = tuple[tuple[str, str], ...]


@dataclass
class Collector:
    """The last value of each metric with its attributes, by the process that sent it: a process adds up its own."""

    port: int = 0
    sent: dict[tuple[str, Tags, int], float] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What tells a process to send here, beside Airflow's `[metrics] otel_on`."""
        return {
            "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{self.port}",
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        }

    def told(self, name: str) -> list[dict[str, str]]:
        """The different attributes of a metric."""
        return [dict(tags) for tags in dict.fromkeys(tags for known, tags, _ in self.sent if known.endswith(name))]

    def total(self, name: str, **tags: str) -> float:
        """Over all processes and those attributes that are not given; of what was timed, how often."""
        return sum(value for (known, its, _), value in self.sent.items() if known.endswith(name) and tags.items() <= set(its))

    def take(self, body: bytes) -> None:
        """What one process says of itself so far."""
        from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

        request = ExportMetricsServiceRequest.FromString(body)
        for metric in [one for of in request.resource_metrics for scope in of.scope_metrics for one in scope.metrics]:
            kind = metric.WhichOneof("data")
            for point in getattr(metric, kind).data_points:
                tags = tuple(sorted((each.key, each.value.string_value) for each in point.attributes))
                value = point.count if "histogram" in kind else point.as_int or point.as_double
                self.sent[metric.name, tags, point.start_time_unix_nano] = value


@contextmanager
def collecting() -> Iterator[Collector]:
    """One that listens inside the block."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            collector.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collector.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield collector
    finally:
        server.shutdown()
        server.server_close()
