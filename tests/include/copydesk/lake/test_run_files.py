"""Runs are read file by file and remembered, in the process and in the lake."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk.errors import BadInput
from copydesk.lake import run_files
from copydesk.lake.cached_lines import KEPT, kept_lines
from copydesk.lake.layout import partition_path
from copydesk.lake.publishing import append_run
from copydesk.lake.run_files import RunFiles, last_ingests
from copydesk.schema import RUNS
from copydesk.storage import Storage

MORNING = datetime(2026, 11, 4, 6, tzinfo=UTC)


@pytest.fixture
def lake(tmp_path: Path) -> Storage:
    return Storage.open(str(tmp_path / "lake"))


def add(lake: Storage, source: str, dump: str, minutes: int = 0, **given: Any) -> None:
    started = MORNING + timedelta(minutes=minutes)
    row = {"run_id": f"run {minutes}", "kind": "ingest", "verdict": "pass", "started_at": started, "finished_at": started} | given
    append_run(lake, RUNS, {"source": source, "dump": dump}, pa.Table.from_pylist([row], RUNS.schema), started)


def test_runs_of_a_range_of_days_come_oldest_first(lake: Storage) -> None:
    add(lake, "paper", "2026-11-03", minutes=9)
    add(lake, "paper", "2026-11-03", minutes=5, verdict="hold", verdict_reasons=["critical: too few"], records_seen=7)
    add(lake, "paper", "2026-11-05")
    add(lake, "paper", "wire-2010-2020")
    add(lake, "gazette", "2026-11-04", minutes=1)
    files = RunFiles(lake)

    assert [line.run_id for line in files.lines("2026-11-03", "2026-11-04")] == ["run 1", "run 5", "run 9"]
    held = files.lines("2026-11-03", "2026-11-03", ["paper"])[0]
    assert (held.source, held.dump, held.verdict, held.records_seen) == ("paper", "2026-11-03", "hold", 7)
    assert list(held.verdict_reasons) == ["critical: too few"]
    assert len(files.lines()) == 5
    assert [line.run_id for line in files.of_dump("paper", "wire-2010-2020")] == ["run 0"]
    assert files.of_dump("paper", "2020-01-01") == []


def test_the_last_ingestion_of_a_dump_is_what_counts(lake: Storage) -> None:
    add(lake, "paper", "2026-11-03", minutes=1, verdict="hold")
    add(lake, "paper", "2026-11-03", minutes=2)
    add(lake, "paper", "2026-11-03", minutes=3, kind="replay")

    assert last_ingests(RunFiles(lake).lines())["paper", "2026-11-03"].run_id == "run 2"


def test_a_new_run_is_seen_at_once_and_old_files_are_not_opened_again(lake: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    add(lake, "paper", "2026-11-03")
    files = RunFiles(lake)
    files.lines()
    add(lake, "paper", "2026-11-04", minutes=1)
    opened: list[str] = []
    read = run_files.read_line
    monkeypatch.setattr(run_files, "read_line", lambda storage, path: opened.append(path) or read(storage, path))

    assert len(files.lines()) == 2
    assert [partition_path(RUNS, {"source": "paper", "dump": "2026-11-04"}) in path for path in opened] == [True]


def test_a_process_that_starts_finds_what_an_earlier_one_read(lake: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    add(lake, "paper", "2026-11-03", verdict_reasons=["warning: few"])
    add(lake, "paper", "2026-11-04", minutes=1)
    before = RunFiles(lake).lines()
    monkeypatch.setattr(run_files, "read_line", lambda *_: pytest.fail("opened again"))

    assert RunFiles(lake).lines() == before


@pytest.mark.parametrize("kept", [b"nothing of the kind", b"", None])
def test_what_was_kept_may_be_damaged_or_gone_and_is_made_again(lake: Storage, kept: bytes | None) -> None:
    add(lake, "paper", "2026-11-03")
    before = RunFiles(lake).lines()
    [file] = lake.files(KEPT)
    lake.delete_file(file.path) if kept is None else lake.write_bytes(file.path, kept)

    assert RunFiles(lake).lines() == before
    assert kept_lines(lake, [before[0].path]) == {before[0].path: before[0]}


def test_of_two_machines_that_kept_at_once_what_one_lost_is_read_and_kept(lake: Storage) -> None:
    add(lake, "paper", "2026-11-03")
    RunFiles(lake).lines()
    [file] = lake.files(KEPT)
    old = lake.read_bytes(file.path)
    add(lake, "paper", "2026-11-04", minutes=1)
    RunFiles(lake).lines()
    lake.write_bytes(file.path, old)

    lines = RunFiles(lake).lines()
    assert [line.dump for line in lines] == ["2026-11-03", "2026-11-04"]
    assert kept_lines(lake, [lines[0].path]) == {line.path: line for line in lines}


def test_a_file_that_goes_away_is_no_run(lake: Storage) -> None:
    add(lake, "paper", "2026-11-03")
    files = RunFiles(lake)
    [line] = files.lines()
    lake.delete_file(line.path)

    assert files.lines() == []


def test_a_run_of_an_older_schema_has_fewer_columns(lake: Storage, tmp_path: Path) -> None:
    add(lake, "paper", "2026-11-03")
    [file] = (tmp_path / "lake" / "runs").rglob("*.parquet")
    pq.write_table(pq.ParquetFile(file).read().drop_columns(["decided_by", "verdict_reasons"]), file)

    [line] = RunFiles(lake).lines()
    assert (line.decided_by, list(line.verdict_reasons)) == (None, [])


def test_other_files_among_them_are_left_alone(lake: Storage) -> None:
    add(lake, "paper", "2026-11-03")
    lake.write_bytes("runs/source=paper/dump=2026-11-03/notes.txt", b"by hand")
    lake.write_bytes("runs/notes.parquet", b"by hand")

    assert len(RunFiles(lake).lines()) == 1


def test_a_source_cannot_lead_out_of_the_lake(lake: Storage) -> None:
    assert RunFiles(lake).lines(sources=["../../etc"]) == []
    with pytest.raises(BadInput):
        RunFiles(lake).lines("2026-11-05", "2026-11-04")
