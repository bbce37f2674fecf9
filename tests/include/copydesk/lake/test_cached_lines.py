"""What is kept of runs in short is what their files say, whoever keeps it and whatever becomes of it."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from copydesk.filesystems.local import UNFINISHED
from copydesk.lake.cached_lines import KEPT, keep_lines, kept_lines
from copydesk.lake.run_lines import RunLine
from copydesk.storage import Storage

MORNING = datetime(2026, 11, 4, 6, tzinfo=UTC)


@pytest.fixture
def lake(tmp_path: Path) -> Storage:
    return Storage.open(str(tmp_path / "lake"))


def make_line(dump: str, number: int = 0, source: str = "lbc", **given: Any) -> RunLine:
    known = {
        "path": f"runs/source={source}/dump={dump}/run-20261104T0600{number:02}-{number:032x}.parquet",
        "source": source,
        "dump": dump,
        "run_id": f"run {number}",
        "kind": "ingest",
        "started_at": MORNING + timedelta(minutes=number, microseconds=7),
        "finished_at": MORNING + timedelta(minutes=number + 4),
        "verdict": "hold",
        "decided_by": None,
        "verdict_reasons": ("critical: “too few”",),
        "records_seen": 7,
        "records_accepted": 7,
        "records_rejected": None,
    }
    return RunLine(**(known | given))


def kept(lake: Storage, *lines: RunLine) -> list[RunLine | None]:
    found = kept_lines(lake, [line.path for line in lines])
    return [found.get(line.path) for line in lines]


def places(lake: Storage) -> set[str]:
    return {file.path.removeprefix(f"{KEPT}/") for file in lake.files(KEPT)}


def test_each_source_and_month_has_a_file(lake: Storage) -> None:
    lines = [make_line("2026-11-03"), make_line("2026-11-04", 1), make_line("2026-12-01", 2), make_line("wire-2010", 3)]
    lines += [make_line("2026-11-03", 4, "gazette"), make_line("2026-11", 5, "curate", verdict_reasons=())]
    keep_lines(lake, lines)

    assert kept(lake, *lines) == lines
    assert places(lake) == {
        "source=lbc/2026-11.json",
        "source=lbc/2026-12.json",
        "source=lbc/archives.json",
        "source=gazette/2026-11.json",
        "source=curate/2026-11.json",
    }


def test_more_are_added_and_the_same_again_changes_nothing(lake: Storage) -> None:
    first, second = make_line("2026-11-03"), make_line("2026-11-03", 1)
    keep_lines(lake, [first])
    keep_lines(lake, [second])
    place = Path(lake.full(f"{KEPT}/source=lbc/2026-11.json"))
    before = place.stat()
    keep_lines(lake, [first])

    assert kept(lake, first, second) == [first, second]
    assert (place.stat().st_ino, place.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def _keep(uri: str, first: int) -> None:
    for number in range(first, first + 15):
        keep_lines(Storage.open(uri), [make_line("2026-11-03", number)])


def test_writers_at_once_lose_nothing(lake: Storage) -> None:
    with ProcessPoolExecutor(3) as pool:
        list(pool.map(_keep, [lake.uri] * 3, (0, 15, 30)))

    lines = [make_line("2026-11-03", number) for number in range(45)]
    assert kept(lake, *lines) == lines


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-9], lambda data: data.replace(b'"hold"', b'"pass"'), lambda _: b"", lambda _: b"[]"]
)
def test_a_damaged_file_says_nothing_and_is_made_again(lake: Storage, damage: Any) -> None:
    first, second = make_line("2026-11-03"), make_line("2026-11-04", 1)
    keep_lines(lake, [first])
    place = f"{KEPT}/source=lbc/2026-11.json"
    lake.write_bytes(place, damage(lake.read_bytes(place)))
    assert kept(lake, first) == [None]

    keep_lines(lake, [first, second])
    assert kept(lake, first, second) == [first, second]


def test_what_a_version_with_other_fields_kept_says_nothing(lake: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    line = make_line("2026-11-03")
    with monkeypatch.context() as other:
        other.setattr("copydesk.lake.cached_lines.FIELDS", ("path", "source", "dump"))
        keep_lines(lake, [line])
    assert json.loads(lake.read_bytes(f"{KEPT}/source=lbc/2026-11.json").partition(b"\n")[2])["runs"] == [
        [line.path, "lbc", "2026-11-03"]
    ]

    assert kept(lake, line) == [None]
    keep_lines(lake, [line])
    assert kept(lake, line) == [line]


def test_what_a_kill_has_left_is_not_read(lake: Storage) -> None:
    line = make_line("2026-11-03")
    lake.write_bytes(f"{KEPT}/source=lbc/{UNFINISHED}1", b"half")
    keep_lines(lake, [line])

    assert kept(lake, line) == [line]


def test_a_lake_that_cannot_be_written_is_no_reason_to_fail(lake: Storage, caplog: pytest.LogCaptureFixture) -> None:
    lake.write_bytes(KEPT, b"a file where the folder should be")
    keep_lines(lake, [make_line("2026-11-03")])

    assert "not kept in short" in caplog.text
