"""Whatever a run comes to, what it keeps of itself in short is what its file says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from copydesk import pipeline
from copydesk.errors import Held
from copydesk.filesystems.local import UNFINISHED
from copydesk.lake import run_files
from copydesk.lake.cached_lines import KEPT, kept_lines
from copydesk.lake.run_files import RunFiles
from copydesk.lake.run_lines import read_line
from copydesk.lake.scrubbing import scrub
from copydesk.pipeline import run_partition
from copydesk.run import Run
from copydesk.schema import RUNS
from copydesk.sources import Quality
from copydesk.steps.deciding import Decision
from copydesk.steps.recording import record_run
from copydesk.upkeep.housekeeping import survey, tidy
from copydesk.workdir import VERDICT

DECISION = Decision("Ada", datetime(2026, 11, 5, 9, tzinfo=UTC), "the publisher was on strike")
Decide = Callable[[Run, Decision], object]


def assert_kept(run: Run, *verdicts: str) -> None:
    """Every run of the lake is kept, as it stands in its file."""
    paths = [file.path for file in run.lake.files(RUNS.name)]
    kept = kept_lines(run.lake, paths)
    assert kept == {path: read_line(run.lake, path) for path in paths}
    assert sorted(line.verdict for line in kept.values()) == sorted(verdicts)


@pytest.fixture
def held(press: Any, page: Any) -> Run:
    press.source = press.source.model_copy(update={"quality": Quality(max_quarantined_share=0.2)})
    press.dump([page(1), page(2), *(page(n) | {"content": "<p>Too short.</p>"} for n in range(3, 7))])
    run: Run = press.run()
    with pytest.raises(Held):
        run_partition(run)
    return run


@pytest.mark.parametrize(("decide", "verdict"), [(pipeline.release, "released"), (pipeline.reject, "rejected")])
def test_a_run_is_kept_and_so_is_what_is_decided_on_it(held: Run, decide: Decide, verdict: str) -> None:
    assert_kept(held, "hold")
    decide(held, DECISION)

    assert_kept(held, "hold", verdict)


def test_runs_done_again_replays_and_curations_are_kept_and_no_page_opens_them(
    press: Any, page: Any, held: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.dump([page(n) for n in range(1, 7)])
    run_partition(replace(held, run_id="two"))
    press.dump([page(n) for n in range(1, 6)])
    run_partition(replace(held, run_id="three"))
    pipeline.replay(held)
    pipeline.curate("2026-11", held.settings)

    assert_kept(held, "hold", "pass", "pass", "pass", "pass")
    monkeypatch.setattr(run_files, "read_line", lambda *_: pytest.fail("a page opened a run that kept itself in short"))
    assert [line.kind for line in RunFiles(held.lake).lines()] == ["ingest", "ingest", "ingest", "replay", "curate"]


def test_a_run_that_died_before_it_was_kept_is_kept_by_its_next_try(held: Run) -> None:
    held.lake.delete_tree(KEPT)
    record_run(held, held.work.read_json(VERDICT))

    assert_kept(held, "hold")


def test_a_run_succeeds_where_it_cannot_be_kept(press: Any, page: Any) -> None:
    press.dump([page(1)])
    run: Run = press.run()
    run.lake.write_bytes(KEPT, b"a file where the folder should be")

    assert run_partition(run)["records_accepted"] == 1
    assert [line.verdict for line in RunFiles(run.lake).lines()] == ["pass"]


def test_upkeep_leaves_it_alone_but_for_unfinished_writes(held: Run) -> None:
    unfinished = f"{KEPT}/source=paper/{UNFINISHED}1"
    held.lake.write_bytes(unfinished, b"half of it")
    assert scrub(held.lake, settle_s=0).findings == ()
    later = datetime.now(UTC) + timedelta(days=900)
    gone = {
        done.waste.path for done in tidy(held.lake, held.settings, survey(held.lake, held.settings, later, settle_s=0), later)
    }

    assert {path for path in gone if path.startswith(KEPT)} == {unfinished}
    assert_kept(held, "hold")
