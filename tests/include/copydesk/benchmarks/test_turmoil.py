from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from copydesk.benchmarks.circumstances import circumstances
from copydesk.benchmarks.turmoil.page import page
from copydesk.benchmarks.turmoil.readers import COPYDESK, FILES, FOLDER
from copydesk.benchmarks.turmoil.trial import endure
from copydesk.benchmarks.turmoil.week import DAYS, DUPLICATE, HALF, MISSING, MIXED, Row, faults, publish
from copydesk.errors import BadInput
from copydesk.lake.reading import read
from copydesk.storage import Storage

DAY = str(DAYS[0])


@pytest.fixture
def week(tmp_path: Path) -> list[Row]:
    """Every day in its first version, as it is read."""
    lake = Storage.open(str(tmp_path / "week"))
    for number in range(len(DAYS)):
        publish(lake, number)
    rows = read(columns=["published_date", "article_id", "version"], root=lake.uri).to_pylist()
    return [Row(str(row["published_date"]), row["article_id"], row["version"]) for row in rows]


def test_a_week_of_whole_versions_is_right(week: list[Row]) -> None:
    assert faults(week) == []


def test_each_way_to_be_wrong_is_told(week: list[Row]) -> None:
    first = next(row for row in week if row.day == DAY)
    assert faults([row for row in week if row.day != DAY]) == [MISSING]
    assert faults([*week, first]) == [DUPLICATE]
    assert faults([row for row in week if row is not first]) == [HALF]
    assert faults([*week, first._replace(version=2)]) == [MIXED]


@pytest.mark.enable_socket  # a Unix socket, through which the processes to be killed are started
def test_under_a_writer_that_is_killed_each_day_read_is_one_version_whole(tmp_path: Path) -> None:
    found = endure(str(tmp_path / "turmoil"), times=25, seed=1)
    wrong = {tally.way: tally.wrong for tally in found.tallies}
    assert set(wrong) == {COPYDESK, FOLDER, FILES}
    assert not wrong[COPYDESK]
    assert not wrong[FILES]
    assert set(wrong[FOLDER]) <= {
        MISSING
    }  # Arrow passes over a file that went between listing and looking; see docs/publishing.md
    errors = {tally.way: tally.errors for tally in found.tallies}
    assert not errors[COPYDESK]
    assert set(errors[FILES]) <= {"FileNotFoundError"}
    assert found.life.publications >= 25
    assert found.life.kills > 1
    assert (found.life.unhealed, found.strays) == (0, 0)


def test_a_lake_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("Do not touch.")
    with pytest.raises(BadInput, match="not empty"):
        endure(str(tmp_path), times=1, seed=1)


def test_the_page_says_when_and_with_what_it_was_measured() -> None:
    about = circumstances(date(2026, 11, 3), "python -m copydesk.benchmarks.turmoil")
    text = page([], about)
    assert "2026-11-03" in text
    assert about.software in text
