"""`copydesk run`, `curate` and `datasets`: the way of a dump on the command line."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from copydesk.cli import main
from copydesk.lake.publishing import append_run, replace_partition
from copydesk.schema import CLEAN, QUARANTINE, RUNS
from copydesk.storage import Storage


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_raw_file_that_may_not_be_read_exits_2_and_is_named(
    day: Path, story: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (day / "ferry.txt").write_text(story.read_text("utf-8"), "utf-8")
    (day / "ferry.txt").chmod(0)
    assert main(["run", "courier", "2026-11-03"]) == 2
    said = capsys.readouterr().err
    assert "2026-11-03/ferry.txt" in said
    assert "None" not in said


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """The folder of the dump that `courier` runs."""
    path = tmp_path / "raw" / "courier" / "2026-11-03"
    path.mkdir(parents=True)
    return path


def test_an_empty_lake_says_how_to_fill_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["datasets"]) == 0
    assert "copydesk run SOURCE KEY" in capsys.readouterr().out


def test_datasets_shows_dumps_verdicts_and_totals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lake = Storage.open(str(tmp_path / "lake"))
    place = {"source": "courier", "dump": "2026-11-03"}
    rows = pa.Table.from_pylist([{"title": "One"}, {"title": "Two"}], schema=CLEAN.schema)
    replace_partition(lake, CLEAN, place, rows)
    replace_partition(lake, QUARANTINE, place, pa.Table.from_pylist([{"detail": "no date"}], schema=QUARANTINE.schema))
    started = datetime(2026, 11, 4, 5, tzinfo=UTC)
    run = {"run_id": "r1", "kind": "ingest", "started_at": started, "verdict": "warn"}
    append_run(lake, RUNS, place, pa.Table.from_pylist([run], schema=RUNS.schema), started)
    assert main(["datasets"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    [dump] = [line for line in lines if line[:2] == ["courier", "2026-11-03"]]
    assert dump[2:5] == ["2", "1", "warn"]
    assert ["quarantine", "1", "1"] in [line[:3] for line in lines]
    assert ["verdicts:", "warn", "1"] in lines
    [total] = [line for line in lines if line[:1] == ["total"]]
    assert total[1:3] == ["3", "4"]


def test_a_dump_goes_through_run_curate_and_datasets(
    day: Path, story: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (day / "ferry.txt").write_text(story.read_text("utf-8"), "utf-8")
    assert main(["run", "courier", "2026-11-03"]) == 0
    shown = capsys.readouterr()
    assert "records accepted 1" in shown.out
    assert "next: copydesk curate --month 2026-11" in shown.out
    assert shown.err == ""
    assert main(["curate"]) == 0
    assert "2026-11: days 1, days rewritten 1, articles 1" in capsys.readouterr().out
    assert main(["curate", "--month", "2026-11"]) == 0
    assert "days rewritten 0" in capsys.readouterr().out
    assert main(["datasets"]) == 0
    assert "pass" in capsys.readouterr().out


def test_a_dump_without_its_marker_is_ingested_and_that_is_told(
    day: Path, story: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source.write_text(source.read_text() + 'on_missing = "wait"\n[arrival]\nmarker = "courier/{key}/_SUCCESS"\n', "utf-8")
    (day / "ferry.txt").write_text(story.read_text("utf-8"), "utf-8")
    assert main(["run", "courier", "2026-11-03"]) == 0
    assert f"going on without {day / '_SUCCESS'}" in capsys.readouterr().err
    (day / "_SUCCESS").touch()
    assert main(["run", "courier", "2026-11-03"]) == 0
    assert capsys.readouterr().err == ""


def test_a_dump_that_is_held_exits_1_with_the_numbers(day: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one.txt", "two.txt"):
        (day / name).write_text("", "utf-8")
    assert main(["run", "courier", "2026-11-03"]) == 1
    assert "held, nothing was published" in capsys.readouterr().err
    assert main(["datasets"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["clean", "0", "0"] in [line[:3] for line in lines]
    assert ["verdicts:", "hold", "1"] in lines


def test_a_missing_dump_exits_1_and_a_key_that_is_none_exits_2(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "courier", "2026-11-03"]) == 1
    assert "no dump" in capsys.readouterr().err
    assert main(["run", "courier", "../2026-11-03"]) == 2
    assert "'../2026-11-03' is no day" in capsys.readouterr().err


def test_curating_an_empty_lake_says_how_to_fill_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["curate"]) == 0
    assert "copydesk run SOURCE KEY" in capsys.readouterr().out
