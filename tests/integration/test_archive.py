from __future__ import annotations

import json
import sys
import time

import pytest

import copydesk

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

ARCHIVE = "wire-2010-2019"
MONTHS = [f"{year}-{month}" for year in range(2010, 2020) for month in ("03", "09")]
ARTICLES_A_MONTH = 12
RUN_TIMEOUT_S = 600.0
PARAGRAPH = "The council of {town} voted on Monday to repaint every bench in its park, which will take {n} days and much paint."


def article(month, n):
    published = f"{month}-{n + 1:02}T10:00:00Z"
    text = "".join(f"<p>{PARAGRAPH.format(town=f'Northbank {month} {n}', n=n + k)}</p>" for k in range(3))
    html = f'<article><h1>Benches of {month}, part {n}</h1><time datetime="{published}">{published}</time>{text}</article>'
    return json.dumps({"url": f"https://wire.example/{month}/{n}", "content": html})


@pytest.fixture
def archive(site, backfilled):
    """Its files, laid down when others have seen that the lake holds the backfill alone."""
    folder = site.raw / "old"
    folder.mkdir()
    for year in range(2010, 2020):
        lines = [article(month, n) for month in MONTHS if month.startswith(str(year)) for n in range(ARTICLES_A_MONTH)]
        (folder / f"{year}.jsonl").write_text("\n".join(lines))
    return "old/*.jsonl"


def test_an_archive_of_ten_years_is_ingested_and_each_of_its_months_curated_once(airflow, archive, lake, settle, record_property):
    began = time.monotonic()
    run_id = airflow.api.trigger("ingest_archive", None, {"source": "wire", "key": ARCHIVE, "path": archive})
    ingested = airflow.api.wait_for_run("ingest_archive", run_id, RUN_TIMEOUT_S)
    curated = [run for run in settle(airflow) if run.dag_id == "curate" and run.key in MONTHS]
    seconds = time.monotonic() - began
    record_property("runs", 1 + len(curated))
    record_property("seconds", seconds)
    sys.stdout.write(f"{1 + len(curated)} runs in {seconds:.0f} s\n")

    assert ingested["state"] == "success"
    assert sorted((run.key, run.state) for run in curated) == [(month, "success") for month in MONTHS]
    rows = copydesk.read("clean", sources=["wire"], columns=["dump"], root=lake)
    assert set(map(str, rows["dump"].to_pylist())) == {ARCHIVE}
    articles = copydesk.read("articles", start="2010-01-01", end="2019-12-31", columns=["article_id"], root=lake)
    assert articles.num_rows == rows.num_rows == len(MONTHS) * ARTICLES_A_MONTH
    (event,) = airflow.api.events("clean/wire")
    assert event["extra"]["records_accepted"] == rows.num_rows
