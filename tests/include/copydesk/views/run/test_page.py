"""The page of a run, of real runs of the samples: accounts, words, figures, decisions, Data Docs and a short list of articles."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from copydesk import pipeline, read
from copydesk.errors import BadInput, Held
from copydesk.lake.publishing import append_run
from copydesk.lake.run_files import RunFiles
from copydesk.pipeline import run_partition
from copydesk.run import Run
from copydesk.schema import RUNS
from copydesk.settings import Settings
from copydesk.sources import find
from copydesk.storage import Storage
from copydesk.views.run.data_docs import docs_pages, read_docs
from copydesk.views.run.decisions import decision, held_run, is_begun, reject, release
from copydesk.views.run.first_articles import first_articles, held_articles
from copydesk.views.run.page import RunPage, run_page

PAPER, GOOD, BAD = "harbour_courier", "2026-11-01", "2026-11-02"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, checkout: Path, samples: Path) -> Settings:
    """A lake in which the first day passed, and the second is held: by then the source wants fewer in quarantine."""
    root = tmp_path_factory.mktemp("press")
    settings = Settings(raw=str(samples), lake=str(root / "lake"), sources=str(root / "sources"), processes=1)
    (root / "sources").mkdir()
    file = (checkout / "include" / "sources" / f"{PAPER}.toml").read_text("utf-8")
    for day, limit in ((GOOD, "0.35"), (BAD, "0.05")):
        (root / "sources" / f"{PAPER}.toml").write_text(file.replace("0.35", limit), "utf-8")
        run = Run(find(PAPER, settings.sources), day, f"manual__{day}", settings)
        if day == GOOD:
            run_partition(run)
            continue
        with pytest.raises(Held):
            run_partition(run)
    return settings


@pytest.fixture
def settings(made: Settings, tmp_path: Path) -> Settings:
    """A copy of that lake, to decide on."""
    shutil.copytree(made.lake, tmp_path / "lake")
    return made.model_copy(update={"lake": str(tmp_path / "lake")})


def page_of(settings: Settings, day: str, name: str | None = None) -> RunPage:
    page = run_page(RunFiles(Storage.open(settings.lake)), settings, PAPER, day, name)
    assert page is not None
    return page


def test_the_accounts_of_a_run_are_those_of_its_files(made: Settings) -> None:
    page = page_of(made, GOOD)

    assert page.is_balanced
    assert page.line.records_seen == page.inputs.files == len(page.inputs.listed) == 10
    rejected = sum(reason.records for reason in page.reasons)
    assert rejected == page.line.records_rejected == read("quarantine", root=made.lake).num_rows > 0
    assert page.inputs.listed[0]["rejected"] == 1, "what lost records comes first"
    assert sum(reason.share for reason in page.reasons) == pytest.approx(rejected / 10)


def test_expectations_are_told_in_words_failures_first(made: Settings) -> None:
    page = page_of(made, BAD)
    first = page.outcomes[0]

    assert (first.name, first.is_met, first.severity) == ("between:quarantined_share", False, "critical")
    assert first.expected == "at most 5 %"
    assert first.observed == f"{10 * (page.line.records_rejected or 0)} %"
    words = {line.name: line.expected for line in page.outcomes}
    assert words["between:word_count"] == "from 20 to 100000"
    assert words["not_null:title"] == "never null"
    assert [line.is_met for line in page.outcomes] == sorted(line.is_met for line in page.outcomes)


def test_figures_stand_beside_those_of_the_good_days_before(made: Settings) -> None:
    page = page_of(made, BAD)

    assert page.history == 1
    seen = next(one for one in page.measured if one.name == "records_seen")
    assert (seen.value, seen.usual, seen.is_outside) == ("10", None, False)
    assert seen.chart is not None
    assert (len(seen.chart.past), seen.chart.today is not None) == (1, True)
    assert page_of(made, GOOD).history == 0


def test_a_run_of_a_scheduler_leads_to_its_dag(made: Settings) -> None:
    assert page_of(made, GOOD).dag_id == "ingest_harbour_courier"


def test_a_source_whose_file_is_gone_still_has_its_runs(made: Settings, tmp_path: Path) -> None:
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


def test_a_held_run_is_released_by_whom_and_why(settings: Settings) -> None:
    held = held_run(settings, PAPER, BAD)
    assert held is not None
    assert not is_begun(held)
    assert page_of(settings, BAD).is_waiting
    articles, count = held_articles(held)
    assert count == len(articles) > 0

    assert release(settings, PAPER, BAD, held.run_id, decision("ada", " looked at all ten ")) == ["2026-10", "2026-11"]

    page = page_of(settings, BAD)
    assert (page.line.verdict, page.line.decided_by, page.row["decision_reason"]) == ("released", "ada", "looked at all ten")
    assert [line.verdict for line in page.others] == ["released", "hold"]
    assert not page.is_waiting
    assert page_of(settings, BAD, page.others[1].name).line.verdict == "hold"
    assert first_articles(Storage.open(settings.lake), PAPER, BAD)[1] == count
    assert held_run(settings, PAPER, BAD) is None


def test_a_held_run_is_rejected_and_then_cannot_be_released(settings: Settings) -> None:
    held = held_run(settings, PAPER, BAD)
    assert held is not None
    reject(settings, PAPER, BAD, held.run_id, decision("bo", "the dump is broken"))

    assert page_of(settings, BAD).line.verdict == "rejected"
    assert first_articles(Storage.open(settings.lake), PAPER, BAD) == ([], 0)
    with pytest.raises(BadInput, match="not held any more"):
        release(settings, PAPER, BAD, held.run_id, decision("ada", "too late"))


def test_another_run_than_the_one_looked_at_is_not_released(settings: Settings) -> None:
    with pytest.raises(BadInput, match="an older page is not held any more"):
        release(settings, PAPER, BAD, "an older page", decision("ada", "as I saw"))
    assert page_of(settings, BAD).line.verdict == "hold"


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 1001])
def test_a_decision_wants_a_reason_of_some_words(reason: str) -> None:
    with pytest.raises(BadInput, match="say why"):
        decision("ada", reason)


def test_data_docs_are_found_by_the_names_that_are_there(made: Settings) -> None:
    lake = Storage.open(made.lake)
    last, judged = docs_pages(lake, PAPER, GOOD)

    assert last == "index.html"
    assert judged.startswith("judged-")
    page = read_docs(lake, PAPER, GOOD, judged)
    assert page is not None
    assert b"harbour_courier 2026-11-01" in page


@pytest.mark.parametrize(
    "name", ["../index.html", "judged-.html", "", ".", "..", "/etc/passwd", "index.html/../index.html", "%2e%2e/index.html"]
)
def test_no_other_file_is_read_as_data_docs(made: Settings, name: str) -> None:
    lake = Storage.open(made.lake)

    assert read_docs(lake, PAPER, GOOD, name) is None
    assert read_docs(lake, "..", "..", "index.html") is None
    assert docs_pages(lake, PAPER, "2020-01-01") == []


def test_the_short_list_is_short(made: Settings) -> None:
    lake = Storage.open(made.lake)
    few, count = first_articles(lake, PAPER, GOOD, 3)

    assert (len(few), count) == (3, page_of(made, GOOD).line.records_accepted)
    assert all(len(row["article_id"]) == 32 and row["title"] for row in few)


def test_a_curation_has_no_accounts_but_its_time_and_what_it_counted(settings: Settings) -> None:
    counts = pipeline.curate("2026-11", settings, "asset_triggered__november")
    files = RunFiles(Storage.open(settings.lake))
    page = run_page(files, settings, "curate", "2026-11")

    assert page is not None
    assert (page.has_accounts, page.outcomes, page.measured, page.inputs.files) == (False, [], [], 0)
    assert (page.dag_id, page.row["timings"][0]["stage"]) == ("curate", "curate")
    assert sorted(count for _, count in page.counted) == sorted(counts.values())
    assert dict(page.counted)["Articles of the month."] == counts["articles"] > 0


def test_of_an_ordinary_run_nothing_is_counted_twice(made: Settings) -> None:
    page = page_of(made, GOOD)
    assert (page.counted, page.has_usual, page.least_history) == ([], False, 7)


def test_files_whose_records_do_not_add_up_are_counted(settings: Settings) -> None:
    file = {"uri": "a.txt", "bytes": 1, "sha256": None, "records": 3, "accepted": 1, "rejected": 1, "complete": False}
    now = datetime(2026, 11, 9, tzinfo=UTC)
    row = {"run_id": "cli-1", "kind": "ingest", "verdict": "pass", "started_at": now, "finished_at": now}
    row |= {"records_seen": 2, "records_accepted": 1, "records_rejected": 1, "inputs": [file]}
    lake = Storage.open(settings.lake)
    append_run(lake, RUNS, {"source": PAPER, "dump": "2026-11-08"}, pa.Table.from_pylist([row], RUNS.schema), now)

    page = page_of(settings, "2026-11-08")
    assert (page.is_balanced, page.inputs.unaccounted, page.inputs.partial, page.dag_id) == (False, 1, 1, None)
