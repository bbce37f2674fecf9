"""The page of a run, of real runs of the samples: accounts, words and figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from copydesk import pipeline, read
from copydesk.lake.publishing import append_run
from copydesk.lake.run_files import RunFiles
from copydesk.schema import RUNS
from copydesk.settings import Settings
from copydesk.storage import Storage
from copydesk.views.run.page import RunPage, run_page

PAPER, GOOD, BAD = "harbour_courier", "2026-11-01", "2026-11-02"
PageOf = Callable[..., RunPage]


def test_the_accounts_of_a_run_are_those_of_its_files(made: Settings, page_of: PageOf) -> None:
    page = page_of(made, GOOD)

    assert page.is_balanced
    assert page.line.records_seen == page.inputs.files == len(page.inputs.listed) == 10
    rejected = sum(reason.records for reason in page.reasons)
    assert rejected == page.line.records_rejected == read("quarantine", root=made.lake).num_rows > 0
    assert page.inputs.listed[0]["rejected"] == 1, "what lost records comes first"
    assert sum(reason.share for reason in page.reasons) == pytest.approx(rejected / 10)


def test_expectations_are_told_in_words_failures_first(made: Settings, page_of: PageOf) -> None:
    page = page_of(made, BAD)
    first = page.outcomes[0]

    assert (first.name, first.is_met, first.severity) == ("between:quarantined_share", False, "critical")
    assert first.expected == "at most 5 %"
    assert first.observed == f"{10 * (page.line.records_rejected or 0)} %"
    words = {line.name: line.expected for line in page.outcomes}
    assert words["between:word_count"] == "from 20 to 100000"
    assert words["not_null:title"] == "never null"
    assert [line.is_met for line in page.outcomes] == sorted(line.is_met for line in page.outcomes)


def test_figures_stand_beside_those_of_the_good_days_before(made: Settings, page_of: PageOf) -> None:
    page = page_of(made, BAD)

    assert page.history == 1
    seen = next(one for one in page.measured if one.name == "records_seen")
    assert (seen.value, seen.usual, seen.is_outside) == ("10", None, False)
    assert seen.chart is not None
    assert (len(seen.chart.past), seen.chart.today is not None) == (1, True)
    assert page_of(made, GOOD).history == 0


def test_a_run_of_a_scheduler_leads_to_its_dag(made: Settings, page_of: PageOf) -> None:
    assert page_of(made, GOOD).dag_id == "ingest_harbour_courier"


def test_a_source_whose_file_is_gone_still_has_its_runs(made: Settings, tmp_path: Path, page_of: PageOf) -> None:
    (tmp_path / "none").mkdir()
    page = page_of(made.model_copy(update={"sources": str(tmp_path / "none")}), GOOD)

    assert page.source is None
    assert page.trouble is not None
    assert page.outcomes[0].expected is None
    assert len(page.measured) > 20


def test_a_dump_without_runs_has_no_page(made: Settings) -> None:
    files = RunFiles(Storage.open(made.lake))

    assert run_page(files, made, PAPER, "2020-01-01") is None
    assert run_page(files, made, "nobody", GOOD) is None
    assert run_page(files, made, PAPER, GOOD, "run-of-another-name") is None


def test_a_curation_has_no_accounts_but_its_time_and_what_it_counted(settings: Settings) -> None:
    counts = pipeline.curate("2026-11", settings, "asset_triggered__november")
    files = RunFiles(Storage.open(settings.lake))
    page = run_page(files, settings, "curate", "2026-11")

    assert page is not None
    assert (page.has_accounts, page.outcomes, page.measured, page.inputs.files) == (False, [], [], 0)
    assert (page.dag_id, page.row["timings"][0]["stage"]) == ("curate", "curate")
    assert sorted(count for _, count in page.counted) == sorted(counts.values())
    assert dict(page.counted)["Articles of the month."] == counts["articles"] > 0


def test_of_an_ordinary_run_nothing_is_counted_twice(made: Settings, page_of: PageOf) -> None:
    page = page_of(made, GOOD)
    assert (page.counted, page.has_usual, page.least_history) == ([], False, 7)


def test_files_whose_records_do_not_add_up_are_counted(settings: Settings, page_of: PageOf) -> None:
    file = {"uri": "a.txt", "bytes": 1, "sha256": None, "records": 3, "accepted": 1, "rejected": 1, "complete": False}
    now = datetime(2026, 11, 9, tzinfo=UTC)
    row = {"run_id": "cli-1", "kind": "ingest", "verdict": "pass", "started_at": now, "finished_at": now}
    row |= {"records_seen": 2, "records_accepted": 1, "records_rejected": 1, "inputs": [file]}
    lake = Storage.open(settings.lake)
    append_run(lake, RUNS, {"source": PAPER, "dump": "2026-11-08"}, pa.Table.from_pylist([row], RUNS.schema), now)

    page = page_of(settings, "2026-11-08")
    assert (page.is_balanced, page.inputs.unaccounted, page.inputs.partial, page.dag_id) == (False, 1, 1, None)
