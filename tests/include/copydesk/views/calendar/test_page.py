from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from copydesk.lake.publishing import append_run
from copydesk.lake.run_files import RunFiles
from copydesk.lake.run_lines import RunLine
from copydesk.raw.late import Late
from copydesk.schema import RUNS
from copydesk.sources import Source
from copydesk.storage import Storage
from copydesk.views.calendar.arrivals import Arrivals, look_for_arrivals
from copydesk.views.calendar.days import Range
from copydesk.views.calendar.page import Cell, Known, make_calendar
from copydesk.views.calendar.states import Attempt, State

NOW = datetime(2026, 11, 6, 12, tzinfo=UTC)
DAYS = Range(date(2026, 11, 1), date(2026, 11, 6))
LBC = Source.model_validate({"name": "lbc", "raw": "lbc/{key}/*", "format": "text", "start": "2026-11-02"})


def line(day: str, accepted: int = 10, verdict: str = "pass", source: str = "lbc", **more: Any) -> RunLine:
    made = RunLine(
        path=f"runs/source={source}/dump={day}/1.parquet", source=source, dump=day, run_id=f"run-{day}", kind="ingest",
        started_at=NOW - timedelta(hours=2), finished_at=NOW - timedelta(hours=1), verdict=verdict, decided_by=None,
        verdict_reasons=(), records_seen=accepted, records_accepted=accepted, records_rejected=0,
    )  # fmt: skip
    return replace(made, **more)


def known(*lines: RunLine, **more: Any) -> Known:
    return replace(Known({"lbc": LBC}, lines, {}, Arrivals(), NOW), **more)


def cells(given: Known, source: str = "lbc") -> Mapping[str, Cell]:
    rows = {row.source: row for row in make_calendar(DAYS, given).rows}
    return {cell.day[-2:]: cell for cell in rows[source].cells}


def test_gaps_stand_beside_the_days_that_were_run():
    states = {day: cell.state for day, cell in cells(known(line("2026-11-02"), line("2026-11-03", verdict="hold"))).items()}
    assert states == {
        "01": None, "02": State.PASS, "03": State.HELD, "04": State.AWAITED, "05": State.AWAITED, "06": None
    }  # fmt: skip


def test_the_last_run_of_a_day_counts():
    assert cells(known(line("2026-11-02", verdict="hold"), line("2026-11-02", verdict="released")))["02"].state is State.RELEASED


def test_what_was_replayed_from_quarantine_is_no_run_of_the_dump():
    assert cells(known(line("2026-11-02"), line("2026-11-02", 1, "hold", kind="replay")))["02"].state is State.PASS


def test_volume_is_shaded_against_the_largest_day_of_the_source():
    given = known(line("2026-11-02", 1000), line("2026-11-03", 10), line("2026-11-04", 500), line("2026-11-05", 0))
    assert [cells(given)[day].level for day in ("02", "03", "04", "05")] == [4, 1, 2, 0]


def test_a_source_whose_file_is_gone_keeps_its_row():
    calendar = make_calendar(DAYS, known(line("2026-11-02", source="old")))
    assert [(row.source, row.has_file) for row in calendar.rows] == [("lbc", True), ("old", False)]
    assert [cell.state for cell in calendar.rows[1].cells].count(None) == 5


def test_states_are_counted_late_files_too():
    arrivals = Arrivals(days={"lbc": frozenset({"2026-11-02"})}, late={("lbc", "2026-11-02"): Late(1, 100)})
    counts = make_calendar(DAYS, known(line("2026-11-02"), arrivals=arrivals)).counts
    assert (counts[State.PASS], counts[State.LATE], counts[State.NO_DUMP], counts[State.AWAITED]) == (1, 1, 3, 0)


def test_what_waits_for_a_person_is_listed_before_what_has_late_files_the_latest_first():
    given = known(
        line("2026-11-02", verdict="hold"),
        line("2026-11-03"),
        line("2026-11-04"),
        attempts={("lbc", "2026-11-05"): Attempt("a", "failed", NOW)},
        arrivals=Arrivals(late={("lbc", "2026-11-04"): Late(2, 10)}),
    )
    assert [cell.day for cell in make_calendar(DAYS, given).to_look_at] == ["2026-11-05", "2026-11-02", "2026-11-04"]


def test_a_reader_who_asks_for_late_files_sees_published_days_that_have_some():
    cell = cells(known(line("2026-11-02"), arrivals=Arrivals(late={("lbc", "2026-11-02"): Late(1, 5)})))["02"]
    assert cell.is_any_of(frozenset({State.LATE}))
    assert not cell.is_any_of(frozenset({State.HELD}))


class TestArrivals:
    @pytest.fixture
    def raw(self, tmp_path: Path) -> Storage:
        storage = Storage.open(str(tmp_path / "raw"))
        for day in ("2026-11-02", "2026-12-24"):
            storage.write_bytes(f"lbc/{day}/1.txt", b"The ferry is late.")
        return storage

    @pytest.fixture
    def lake(self, tmp_path: Path) -> Storage:
        return Storage.open(str(tmp_path / "lake"))

    def test_days_with_files_are_known_of_the_range_alone(self, raw, lake):
        assert look_for_arrivals(lake, raw.uri, {"lbc": LBC}, DAYS, RunFiles(lake).lines()).days == {
            "lbc": frozenset({"2026-11-02"})
        }

    def test_a_raw_root_out_of_reach_is_a_remark(self, lake, tmp_path):
        arrivals = look_for_arrivals(lake, str(tmp_path / "unmounted"), {"lbc": LBC}, DAYS, RunFiles(lake).lines())
        assert not arrivals.days
        assert "COPYDESK_RAW is out of reach" in arrivals.remarks[0]

    @pytest.mark.parametrize("verdict", ["pass", "hold", "rejected"])
    def test_a_file_that_came_after_the_run_is_late_whatever_came_of_that(self, raw, lake, verdict):
        started, finished = datetime.now(UTC) + timedelta(hours=1), datetime.now(UTC) + timedelta(hours=2)
        inputs = [{"uri": raw.uri_of("lbc/2026-11-02/1.txt"), "bytes": 18, "complete": True}]
        row = {
            "kind": "ingest",
            "run_id": "a",
            "started_at": started,
            "finished_at": finished,
            "verdict": verdict,
            "inputs": inputs,
        }
        append_run(lake, RUNS, {"source": "lbc", "dump": "2026-11-02"}, pa.Table.from_pylist([row], RUNS.schema), started)
        assert not look_for_arrivals(lake, raw.uri, {"lbc": LBC}, DAYS, RunFiles(lake).lines()).late
        raw.write_bytes("lbc/2026-11-02/2.txt", b"Here it is.")
        assert look_for_arrivals(lake, raw.uri, {"lbc": LBC}, DAYS, RunFiles(lake).lines()).late == {
            ("lbc", "2026-11-02"): Late(1, 11)
        }
