"""Files whose shape, rather than any damage, is meant to take a reader's time or memory."""

from __future__ import annotations

import json
import os
import socket

import pytest

from copydesk.raw.inputs import list_inputs
from timing import slowness

MAX_GROWTH_MB = 64


@pytest.fixture
def timed(tmp_path, read_apart):
    """Read content in a process of its own: what was counted; it must take little time and memory."""

    def read(content: bytes, format: str, max_record_bytes: int = 1 << 22) -> dict[str, int]:
        path = tmp_path / "file"
        path.write_bytes(content)
        before = os.times()
        counts, grown_mb = read_apart(path, format, max_record_bytes)
        after = os.times()
        # of CPU, the start of Python among it: a few in fact
        assert after.children_user - before.children_user < 20 * slowness()
        assert grown_mb < MAX_GROWTH_MB
        return counts

    return read


def test_a_million_blank_lines_are_passed_over(timed):
    row = json.dumps({"content": "The ferry came back."}).encode()
    assert timed(row + b"\n" * 1_000_000 + row + b"\n", "jsonl") == {"record": 2}


def test_a_million_lines_of_spaces_are_passed_over(timed):
    assert timed(b" \t \r\n" * 1_000_000, "jsonl") == {}
    assert timed(b"url,content\n" + b"\n" * 1_000_000 + b"a,The ferry came back.\n", "csv") == {"record": 1}


@pytest.mark.parametrize("format", ["json", "jsonl"])
@pytest.mark.parametrize("opening", [b"[", b'{"a":'], ids=["lists", "objects"])
def test_json_nested_a_million_times_is_a_reject(timed, format, opening):
    closing = b"]" if opening == b"[" else b"}"
    nested = opening * 1_000_000 + b"1" + closing * 1_000_000
    good = b'{"content": "The ferry came back."}'
    if format == "jsonl":
        assert timed(good + b"\n" + nested + b"\n" + good + b"\n", format, 1 << 23) == {"record": 2, "unparsable": 1}
    else:
        assert timed(b"[" + good + b"," + nested + b"," + good + b"]", format, 1 << 23) == {"record": 2, "unparsable": 1}


def test_a_table_of_100_000_columns_is_read(timed):
    names = ["content", *(f"c{n}" for n in range(99_999))]
    rows = [",".join(names), "The ferry came back." + "," * 99_999, "Too few", "\0" + ",\0" * 99_999, "," * 200_000]
    assert timed("\n".join(rows).encode() + b"\n", "csv") == {"record": 2, "unparsable": 2}


def test_100_000_columns_of_one_name_are_told_apart_in_time(timed):
    rows = ["content" + ",content" * 99_999, "The ferry came back." + "," * 99_999]
    assert timed("\n".join(rows).encode() + b"\n", "csv") == {"record": 1}


@pytest.mark.parametrize("format", ["feed", "nitf", "newsml"])
def test_entities_that_grow_with_the_square_are_refused(timed, format):
    root = {"feed": "rss", "nitf": "nitf", "newsml": "newsMessage"}[format]
    bomb = f'<!DOCTYPE {root} [<!ENTITY a "{"ha" * 100_000}">]><{root}>{"&a;" * 300_000}</{root}>'
    assert timed(bomb.encode(), format) == {"unparsable": 1}


def test_100_000_records_that_hold_nothing_are_each_told(timed):
    bogus = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://coast.example/\r\nContent-Length: 41\r\n\r\n"
        b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n\r\n\r\n"
    )
    assert timed(bogus * 100_000, "warc") == {"empty": 100_000}


def test_what_is_no_file_is_never_opened(desk):
    """A pipe would be waited for without end."""
    folder = desk.root / "day"
    folder.mkdir()
    (folder / "a.txt").write_text("The ferry came back.")
    (folder / "folder.txt").mkdir()
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    (folder / "up").symlink_to(desk.root)
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(folder / "door.txt"))
        for place in ("day/*", "day/**", "**", "*/*.txt", "day/pipe.txt"):
            found = list_inputs(desk.storage, desk.source("text"), "day", place)
            assert [file.path for file in found if file.refusal is None] == ([] if "pipe" in place else ["day/a.txt"])
