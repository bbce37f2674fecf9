"""What a real Airflow tells of its runs: metrics, structured lines, notices; and what it keeps to itself."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copydesk.storage import Storage

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

NOTICE_TIMEOUT_S = 120.0
LINE = re.compile(r"airflow\.(copydesk\.\w+)((?:,\w+=[^:,]+)*):([\d.]+)\|(c|ms|g)")


def test_the_day_ran_as_it_was_meant_to(newsroom):
    states = {dag_id: state for dag_id, (_, state) in newsroom.runs.items()}
    assert states == {"ingest_courier": "success", "ingest_strict": "failed", "housekeeping": "success", "fresh_late": "failed"}


def told(newsroom):
    """Our metrics: the sum of each name with its tags."""
    sums = defaultdict(float)
    for line in newsroom.metrics.items:
        if found := LINE.fullmatch(line):
            name, tags, value, _ = found.groups()
            sums[name, tuple(sorted(tags.split(",")[1:]))] += float(value)
    return sums


def test_metrics_say_by_source_and_stage_what_was_read_rejected_written_and_held(newsroom):
    sums = told(newsroom)

    def total(name, *tags):
        return sum(value for (found, its), value in sums.items() if found == name and set(tags) <= set(its))

    accepted = total("copydesk.records", "source=courier", "stage=publish", "fate=accepted")
    assert accepted > 0
    assert total("copydesk.records", "source=courier", "stage=clean", "fate=accepted") == accepted
    assert (
        total("copydesk.rejects", "source=strict")
        == total("copydesk.records", "source=strict", "stage=clean", "fate=rejected")
        > 0
    )
    assert total("copydesk.held", "source=strict") == 1
    assert total("copydesk.held", "source=courier") == 0
    assert total("copydesk.overdue", "source=late") == 1
    for stage in ("plan", "segment", "add_up_repetition", "clean", "judge", "publish"):
        assert total("copydesk.seconds", "source=courier", f"stage={stage}") > 0, stage
    assert total("copydesk.seconds", "source=curate", "stage=curate") > 0
    raw = sum(path.stat().st_size for path in Path(newsroom.airflow.home.raw, "courier", "2026-11-01").iterdir())
    assert total("copydesk.bytes", "source=courier", "stage=segment") == raw
    assert total("copydesk.bytes", "source=courier", "stage=publish") > 0
    assert ("copydesk.scrub_findings", ("fault=missing",)) in sums


def task_log(newsroom, dag_id, task_id):
    run_id, _ = newsroom.runs[dag_id]
    folder = Path(newsroom.airflow.home.folder, "logs", f"dag_id={dag_id}", f"run_id={run_id}")
    [*files] = folder.glob(f"task_id={task_id}/**/*.log")
    return [json.loads(line) for file in files for line in file.read_text().splitlines() if line.startswith("{")]


def test_lines_of_a_task_say_of_which_source_day_run_and_shard_they_are(newsroom):
    run_id, _ = newsroom.runs["ingest_courier"]
    [done] = [line for line in task_log(newsroom, "ingest_courier", "segment") if line["event"] == "segment done"]
    of = {name: done[name] for name in ("source", "key", "dag_run", "shard", "stage")}
    assert of == {"source": "courier", "key": "2026-11-01", "dag_run": run_id, "shard": 0, "stage": "segment"}
    assert done["documents"] > 0


def notices(newsroom, dag_id):
    """What mail, Slack and the webhook were told of the DAG."""
    mail = [text for _, text in newsroom.mail.items if dag_id in text]
    slack = [body["text"] for path, _, body in newsroom.requests.items if path.startswith("/services") and dag_id in body["text"]]
    hook = [body for path, _, body in newsroom.requests.items if path == "/" and body["dag_id"] == dag_id]
    return mail, slack, hook


@pytest.mark.parametrize(("dag_id", "what"), [("ingest_strict", "is held"), ("fresh_late", "is overdue")])
def test_people_are_told_once_of_what_is_held_and_what_is_overdue(newsroom, dag_id, what):
    give_up = time.monotonic() + NOTICE_TIMEOUT_S
    while not all(notices(newsroom, dag_id)) and time.monotonic() < give_up:
        time.sleep(0.5)
    time.sleep(2)  # in which a second one might come
    (mail,), (slack,), (hook,) = notices(newsroom, dag_id)
    assert f"[copydesk] {dag_id} {hook['partition_key']} {what}" in mail.replace("\r\n", "")
    assert f"*{dag_id} {hook['partition_key']} {what}*" in slack
    assert hook["what"] == what
    message = {
        "ingest_strict": "strict 2026-11-02: held, nothing was published",
        "fresh_late": f"late {newsroom.yesterday}: not published by {late(newsroom)}: no run of it came to a verdict, and no raw file is there",
    }
    assert message[dag_id] in hook["message"]


def late(newsroom):
    return re.search(r'good_by = "(.*)"', Path(newsroom.airflow.home.sources, "late.toml").read_text())[1]


def test_nobody_is_told_of_what_is_well(newsroom):
    assert notices(newsroom, "ingest_courier") == ([], [], [])


def test_the_notices_went_out_with_the_secrets_of_their_connections(newsroom):
    basic = base64.b64encode(f"desk:{newsroom.secrets['hook']}".encode()).decode()
    assert {given for path, given, _ in newsroom.requests.items if path == "/"} == {f"Basic {basic}"}
    assert {password for password, _ in newsroom.mail.items} == {newsroom.secrets["smtp"]}
    assert {path for path, _, _ in newsroom.requests.items} == {"/", f"/services/{newsroom.secrets['slack']}"}


def test_no_secret_stands_in_logs_xcom_rendered_templates_metrics_notices_or_the_lake(newsroom):
    home = newsroom.airflow.home
    texts = {
        "metrics": "\n".join(newsroom.metrics.items),
        "notices": "\n".join(
            [text for _, text in newsroom.mail.items] + [json.dumps(body) for _, _, body in newsroom.requests.items]
        ),
        "database": database(home.database),
    }
    logs = [path for folder in (home.folder / "logs", home.logs) for path in folder.rglob("*") if path.is_file()]
    assert any("task_id=judge" in str(path) for path in logs)
    texts |= {str(path): path.read_text(errors="replace") for path in logs}
    lake = Storage.open(newsroom.lake)
    texts |= {file.path: lake.read_bytes(file.path).decode(errors="replace") for file in lake.files()}
    assert "clean/source=courier" in "\n".join(texts)
    leaks = {(name, where) for name, secret in newsroom.secrets.items() for where, text in texts.items() if secret in text}
    assert leaks == set()


def database(path):
    """Every row of every table, with those of XCom and of the rendered templates among them."""
    with sqlite3.connect(path) as connection:
        text = "\n".join(connection.iterdump())
    assert 'INSERT INTO "xcom"' in text
    assert 'INSERT INTO "rendered_task_instance_fields"' in text
    return text


def test_the_api_refuses_who_is_not_signed_in(newsroom):
    import httpx

    addresses = ["/api/v2/dags", "/api/v2/connections", "/api/v2/variables", "/copydesk/", "/copydesk/sources", "/ui/config"]
    with httpx.Client(base_url=newsroom.airflow.home.url, trust_env=False) as client:
        found = {address: client.get(address).status_code for address in addresses}
        started = client.post("/api/v2/dags/housekeeping/dagRuns", json={"logical_date": None}).status_code
    assert set(found.values()) | {started} == {401}, found


def test_housekeeping_scrubbed_the_lake_and_said_what_it_saw(newsroom):
    run_id, _ = newsroom.runs["housekeeping"]
    tasks = {task["task_id"]: task["state"] for task in newsroom.airflow.api.tasks("housekeeping", run_id)}
    assert tasks == {"scrub": "success", "look": "success", "tidy": "success"}
    [line] = [line for line in task_log(newsroom, "housekeeping", "scrub") if "files" in line and "partitions" in line]
    assert line["partitions"] > 0


def test_housekeeping_waits_for_its_first_sunday(newsroom):
    assert {run["run_type"] for run in newsroom.airflow.api.runs("housekeeping")} == {"manual"}
    due = newsroom.airflow.api.dag("housekeeping")["next_dagrun_run_after"]
    assert (datetime.fromisoformat(due).strftime("%a %H:%M"), datetime.fromisoformat(due) > datetime.now(UTC)) == (
        "Sun 04:30",
        True,
    )


def test_a_dry_run_ends_before_anything_is_removed(newsroom):
    run_id, state = newsroom.run("housekeeping", None, {"dry_run": True, "quick": True})
    tasks = {task["task_id"]: task["state"] for task in newsroom.airflow.api.tasks("housekeeping", run_id)}
    assert (state, tasks) == ("success", {"scrub": "success", "look": "success", "tidy": "skipped"})


def test_every_metric_of_the_dashboard_was_sent_with_the_labels_it_is_asked_by(newsroom, checkout):
    sent = defaultdict(set)
    for line in newsroom.metrics.items:
        name, *tags = line.partition(":")[0].split(",")
        kind = line.rpartition("|")[2]
        known = {tag.partition("=")[0] for tag in tags} | ({"quantile"} if kind == "ms" else set())
        for ending in ("", "_sum", "_count") if kind == "ms" else ("",):
            sent[re.sub(r"[^a-zA-Z0-9_]", "_", name) + ending] |= known
    board = json.loads((checkout / "deploy/metrics/grafana/dashboards/copydesk.json").read_text())
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    assert {name for expression in asked for name in re.findall(r"airflow_\w+", expression)} <= set(sent)
    for expression in asked:
        [labels] = re.findall(r"by \((.*?)\)", expression)[:1] or [""]
        labels = {label.strip() for label in labels.split(",") if label} | set(re.findall(r"(\w+)=[~\"]", expression))
        for name in re.findall(r"airflow_\w+", expression):
            assert labels <= sent[name], (name, labels, sent[name])
