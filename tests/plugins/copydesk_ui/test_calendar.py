from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from copydesk.lake.publishing import append_run
from copydesk.schema import RUNS
from copydesk.sources import Source
from copydesk.storage import Storage

NOON = datetime(2026, 11, 4, 12, tzinfo=UTC)
DAYS = "first=2026-11-01&last=2026-11-06"


@pytest.fixture
def lake(tmp_path, write_source):
    write_source("lbc", start="2026-11-01", end="2026-11-04")
    (tmp_path / "raw").mkdir()
    return Storage.open(str(tmp_path / "lake"))


@pytest.fixture
def run(lake):
    """Put a run of a day on record."""

    def put(day: str, verdict: str = "pass", source: str = "lbc", **more):
        row = {
            "kind": "ingest", "run_id": f"run-{day}", "started_at": NOON, "finished_at": NOON + timedelta(hours=1), "verdict": verdict,
            "records_seen": 1204, "records_accepted": 1200, "records_rejected": 4, **more,
        }  # fmt: skip
        append_run(lake, RUNS, {"source": source, "dump": day}, pa.Table.from_pylist([row], RUNS.schema), NOON)

    return put


def test_a_day_leads_to_its_run_and_tells_its_counts(client, run):
    run("2026-11-02", "warn")
    page = client.get(f"/copydesk/?{DAYS}").text
    assert 'class="c warn v4" href="/copydesk/runs/lbc/2026-11-02"' in page
    assert "lbc 2026-11-02: warn&#10;1,200 accepted, 4 quarantined, of 1,204 records" in page
    assert "1.2k" in page  # room for a number


def test_a_day_that_was_not_run_is_a_gap_and_no_link(client, run):
    run("2026-11-02")
    page = client.get(f"/copydesk/?{DAYS}").text
    assert page.count('<span class="c not-yet-run v0"') == 3
    assert "lbc/2026-11-05" not in page  # after its end nothing is expected


def test_with_the_raw_files_looked_at_a_gap_without_files_has_no_dump(client, run, tmp_path):
    run("2026-11-02")
    (tmp_path / "raw/lbc/2026-11-03").mkdir(parents=True)
    (tmp_path / "raw/lbc/2026-11-03/1.txt").write_text("The ferry is late.")
    page = client.get(f"/copydesk/?{DAYS}&raw=1").text
    assert page.count('<span class="c no-dump v0"') == 2
    assert page.count('<span class="c not-yet-run v0"') == 1


def test_a_raw_root_out_of_reach_is_told_and_the_calendar_shown(client, run, tmp_path):
    run("2026-11-02")
    (tmp_path / "raw").rmdir()
    page = client.get(f"/copydesk/?{DAYS}&raw=1").text
    assert "COPYDESK_RAW is out of reach" in page
    assert "/copydesk/runs/lbc/2026-11-02" in page


def test_the_page_asks_for_the_raw_files_once_it_is_shown(client, run):
    run("2026-11-02")
    assert 'data-more="/copydesk/?first=2026-11-01&amp;last=2026-11-06&amp;raw=1"' in client.get(f"/copydesk/?{DAYS}").text
    assert "data-more" not in client.get(f"/copydesk/?{DAYS}&raw=1").text


def test_a_held_day_is_listed_with_the_reason(client, run):
    run("2026-11-02", "hold", verdict_reasons=["critical: too many records in quarantine"])
    page = client.get(f"/copydesk/?{DAYS}").text
    assert "To look at" in page
    assert "critical: too many records in quarantine" in page


def test_who_asks_for_some_states_sees_the_others_faded(client, run):
    run("2026-11-02", "hold")
    run("2026-11-03")
    page = client.get(f"/copydesk/?{DAYS}&state=held").text
    assert 'class="c held v4"' in page
    assert 'class="c pass v4 faded"' in page


def test_one_source_can_be_asked_for(client, run, write_source):
    write_source("other")
    run("2026-11-02")
    page = client.get(f"/copydesk/?{DAYS}&source=other").text
    assert 'data-source="other"' in page
    assert 'data-source="lbc"' not in page


def test_a_lake_that_is_not_there_yet_is_an_empty_calendar(client, write_source):
    write_source("lbc")
    assert client.get("/copydesk/").status_code == 200


def test_a_reader_who_may_not_make_runs_is_offered_none(airflow, run):
    run("2026-11-02")
    assert "/backfills/new" in airflow.client("user").get("/copydesk/").text
    assert "/backfills/new" not in airflow.client("viewer").get("/copydesk/").text


@pytest.mark.parametrize(
    "query",
    ["first=<script>alert(1)</script>", "first=2026-11-04&last=2026-11-01", "first=0001-01-01", "state=broken", "started=x"],
)
def test_a_question_that_makes_no_sense_is_answered_in_words_that_do_nothing(client, lake, query):
    answer = client.get(f"/copydesk/?{query}")
    assert answer.status_code in (400, 422)
    assert "<script>alert" not in answer.text
    assert 'role="alert"' in answer.text


def test_the_reason_of_a_verdict_is_text_and_no_markup(client, run):
    run("2026-11-02", "hold", verdict_reasons=['"><img src=x onerror=alert(1)>'])
    page = client.get(f"/copydesk/?{DAYS}").text
    assert "<img" not in page


@pytest.fixture
def picky(airflow, monkeypatch):
    """An auth manager that keeps the runs of one source, and of curation, from everybody."""
    from airflow.api_fastapi import app
    from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import SimpleAuthManager

    class Picky(SimpleAuthManager):
        def is_authorized_dag(self, *, details=None, **keywords):
            return not (details and details.id in ("ingest_secret", "curate")) and super().is_authorized_dag(
                details=details, **keywords
            )

    monkeypatch.setattr(app._AuthManagerState, "instance", Picky())


def test_a_source_whose_runs_the_reader_may_not_see_is_on_no_page(client, picky, run, write_source):
    write_source("secret")
    run("2026-11-02", source="secret")
    run("2026-11-02")
    for page in ("/", "/sources", "/backfills/new"):
        text = client.get(f"/copydesk{page}").text
        assert "lbc" in text
        assert "secret" not in text
    assert client.get("/copydesk/runs/secret/2026-11-02").status_code == 403
    assert client.get("/copydesk/runs/curate/2026-11").status_code == 403
    assert "secret" not in client.get("/copydesk/?source=secret").text.replace("source=secret", "")


def test_what_airflow_has_against_a_backfill_is_told(client, lake):
    page = client.get("/copydesk/backfills/new?source=lbc&first=2026-11-02&last=2026-11-03")
    assert page.status_code == 200
    assert "Could not find dag ingest_lbc" in page.text


def test_days_that_a_source_has_no_dumps_of_are_told_from_those_it_has(airflow):
    from copydesk_ui.backfills import Strays, _strays

    source = Source(name="lbc", raw="lbc/{key}/*", format="text", start="2026-11-02", end="2026-11-03")
    days = ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"]
    assert _strays(source, days) == Strays(2, "2026-11-02", "2026-11-03", days[1:3])
    assert _strays(source.model_copy(update={"end": None}), days) == Strays(1, "2026-11-02", None, days[1:])
    assert _strays(source, days[1:3]) is None


def test_a_wrong_source_file_is_told_on_the_calendar_and_shown_with_its_mistakes(client, lake, write_source):
    write_source("typo", text='name = "typo"\nformat = "<b>docx</b>"\n')
    assert "1 source file is wrong" in client.get("/copydesk/").text
    page = client.get("/copydesk/sources").text
    assert "raw: missing" in page
    assert "&lt;b&gt;docx" in page
    assert "<b>docx" not in page
    assert "not read by Airflow yet" in page  # lbc: no DAG processor runs here


@pytest.fixture
def dag_run(airflow):
    """Put a run of Airflow's on record, for this test alone."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from airflow.utils.state import DagRunState
    from airflow.utils.types import DagRunType

    def put(dag_id: str, state: str, key: str | None = None, **more):
        made = {
            "run_id": f"{state}-{key}",
            "run_type": DagRunType.MANUAL,
            "run_after": NOON + timedelta(hours=3),
            "queued_at": None,
            "start_date": NOON + timedelta(hours=3),
        }
        with create_session() as session:
            session.add(DagRun(dag_id=dag_id, state=DagRunState(state), partition_key=key, **{**made, **more}))

    yield put
    with create_session() as session:
        session.query(DagRun).delete()


def test_what_airflow_runs_or_could_not_run_stands_beside_what_is_in_the_lake(client, run, dag_run):
    run("2026-11-01")
    dag_run("ingest_lbc", "running", "2026-11-01")
    dag_run("ingest_lbc", "failed", "2026-11-02")
    page = client.get(f"/copydesk/?{DAYS}").text
    assert 'class="c running v4" href="/copydesk/runs/lbc/2026-11-01"' in page
    assert 'class="c failed v0" target="_top" href="/dags/ingest_lbc/runs/failed-2026-11-02"' in page
    assert "a task failed: its log says why" in page


def test_a_run_that_a_cancelled_backfill_took_back_hides_nothing_of_what_is_there(client, run, dag_run):
    """Airflow keeps it as failed though it never began; of a cancelled year the calendar showed every day as failed."""
    run("2026-11-01")
    dag_run("ingest_lbc", "success", "2026-11-01")
    dag_run("ingest_lbc", "failed", "2026-11-01", start_date=None)
    dag_run("ingest_lbc", "failed", "2026-11-02", start_date=None)
    page = client.get(f"/copydesk/?{DAYS}").text
    assert 'class="c pass v4" href="/copydesk/runs/lbc/2026-11-01"' in page
    assert page.count('<span class="c not-yet-run v0"') == 3
    assert "failed-2026-11-02" not in client.get("/copydesk/sources").text


def test_a_run_of_airflow_leads_to_its_dump(client, lake, dag_run):
    dag_run("ingest_lbc", "success", "2026-11-02")
    dag_run("ingest_archive", "success", run_id="by-hand", conf={"source": "lbc", "key": "years-2010", "path": None})
    dag_run("curate", "success", "2026-11")
    led = {
        run: client.get(f"/copydesk/dag-runs/{run}").headers.get("location")
        for run in ("ingest_lbc/success-2026-11-02", "ingest_archive/by-hand", "curate/success-2026-11")
    }
    assert list(led.values()) == [
        "/copydesk/runs/lbc/2026-11-02",
        "/copydesk/runs/lbc/years-2010",
        "/copydesk/runs/curate/2026-11",
    ]
    dag_run("housekeeping", "success", "weekly")
    assert client.get("/copydesk/dag-runs/housekeeping/success-weekly").status_code == 404


def test_the_last_run_of_airflow_is_told_of_each_source(client, run, dag_run):
    run("2026-11-02", "warn")
    dag_run("ingest_lbc", "failed", "2026-11-03")
    page = client.get("/copydesk/sources").text
    assert "/dags/ingest_lbc/runs/failed-2026-11-03" in page
    assert "/copydesk/runs/lbc/2026-11-02" in page
