from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.sources import SourceError, load

WAITS = 'name = "lbc"\nraw = "lbc/{key:%Y/%m/%d}/*.txt"\nformat = "text"\non_missing = "wait"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lbc.toml"


def mistakes(path: Path, toml: str) -> str:
    path.write_text(toml)
    with pytest.raises(SourceError) as caught:
        load(path)
    return str(caught.value).removeprefix(f"{path}: ")


def test_without_a_word_a_dump_is_waited_for_until_the_evening_after(path):
    path.write_text(WAITS)
    arrival = load(path).arrival
    assert (arrival.marker, arrival.settle_minutes, arrival.deadline_hours, arrival.after_deadline) == (None, 10, 20, "fail")


def test_every_key_may_be_set(path):
    keys = 'marker = "lbc/{key:%Y/%m/%d}/_SUCCESS"\nsettle_minutes = 30\ndeadline_hours = 1.5\nafter_deadline = "ingest"\n'
    path.write_text(WAITS + "[arrival]\n" + keys)
    arrival = load(path).arrival
    assert arrival.marker == "lbc/{key:%Y/%m/%d}/_SUCCESS"
    assert (arrival.settle_minutes, arrival.deadline_hours, arrival.after_deadline) == (30, 1.5, "ingest")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("marker", '"lbc/_SUCCESS"'),
        ("marker", '"lbc/{key}/*.done"'),
        ("marker", '"../{key}/_SUCCESS"'),
        ("settle_minutes", "-1"),
        ("settle_minutes", '"10"'),
        ("deadline_hours", "100000"),
        ("deadline_hours", "nan"),
        ("after_deadline", '"skip"'),
        ("patience", "1"),
    ],
)
def test_a_wrong_key_is_one_line_that_names_it(path, key, value):
    told = mistakes(path, f"{WAITS}[arrival]\n{key} = {value}\n")
    assert told.startswith(f"arrival.{key}: ")
    assert "\n" not in told


def test_a_source_that_does_not_wait_is_told_that_its_keys_do_nothing(path):
    told = mistakes(path, WAITS.replace('"wait"', '"fail"') + "[arrival]\nsettle_minutes = 1\n")
    assert told.startswith('arrival: needs on_missing = "wait"; no other source waits')
