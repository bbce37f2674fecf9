from __future__ import annotations

import os
from socket import AF_UNIX, socket

import pytest

from copydesk.errors import BadInput
from copydesk.raw.inputs import LEADS_OUT, InputFile, list_inputs
from copydesk.raw.reading import read_file
from copydesk.records import Reason, Record, Reject
from copydesk.sources.arrival import Arrival
from copydesk.storage import MISNAMED, NO_FILE


def test_files_of_a_key_are_listed_by_path(desk):
    for name in ("2026-11-03/b.txt", "2026-11-03/a.txt.gz", "2026-11-04/c.txt"):
        path = desk.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"text")
    found = list_inputs(desk.storage, desk.source("text"), "2026-11-03")
    assert found == [InputFile(path, str(desk.root / path), 4) for path in ("2026-11-03/a.txt.gz", "2026-11-03/b.txt")]


def test_a_day_without_files_lists_none(desk):
    assert list_inputs(desk.storage, desk.source("text"), "2026-11-03") == []


@pytest.mark.parametrize(
    "key", ["", "..", "a/b", "a..b", "*", "2026-11-0?", "[ab]", "{key}", ".hidden", "a\nb", "a\n", "a\\b", "a\0"]
)
def test_a_key_that_could_lead_elsewhere_is_refused(desk, key):
    with pytest.raises(BadInput, match="no partition key"):
        list_inputs(desk.storage, desk.source("text"), key)


def test_an_archive_lies_where_its_pattern_says(desk):
    for name in ("old/2010/a.txt", "old/2011/b.txt", "new/c.txt"):
        path = desk.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"text")
    found = list_inputs(desk.storage, desk.source("text"), "wire", "old/*/*.txt")
    assert [file.path for file in found] == ["old/2010/a.txt", "old/2011/b.txt"]


@pytest.mark.parametrize("place", [None, "2026-11-03/*", "**", "2026-11-03/_SUCCESS"])
def test_a_marker_is_no_input_wherever_it_lies(desk, place):
    arrival = {"marker": "{key}/{key:%Y%m%d}.done"}
    source = desk.source("text").model_copy(update={"on_missing": "wait", "arrival": Arrival.model_validate(arrival)})
    for name in ("2026-11-03/a.txt", "2026-11-03/_SUCCESS", "2026-11-03/20261103.done", "2026-11-03/done.txt"):
        path = desk.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"text")
    found = [file.path for file in list_inputs(desk.storage, source, "2026-11-03", place)]
    assert found == ([] if place == "2026-11-03/_SUCCESS" else ["2026-11-03/a.txt", "2026-11-03/done.txt"])


def test_a_link_out_of_the_raw_root_is_a_reject_and_what_it_leads_to_is_never_read(desk, tmp_path):
    raw, elsewhere = tmp_path / "raw", tmp_path / "elsewhere"
    for folder in (raw / "day", elsewhere):
        folder.mkdir(parents=True)
    for file in (raw / "day" / "a.txt", elsewhere / "secret.txt"):
        file.write_text("A text.")
    (raw / "day" / "b.txt").symlink_to(raw / "day" / "a.txt")
    (raw / "day" / "c.txt").symlink_to(elsewhere / "secret.txt")
    (raw / "folder").symlink_to(elsewhere)
    desk = type(desk)(raw)
    inputs = list_inputs(desk.storage, desk.source("text"), "day", "*/*.txt")
    assert [(file.path, file.refusal) for file in inputs] == [
        ("day/a.txt", None),
        ("day/b.txt", None),
        ("day/c.txt", LEADS_OUT),
        ("folder/secret.txt", LEADS_OUT),
    ]
    (elsewhere / "secret.txt").unlink()  # whoever opened it now would fail
    readings = [read_file(desk.storage, file, desk.source("text"), desk.settings) for file in inputs]
    assert [type(item) for reading in readings for item in reading] == [Record, Record, Reject, Reject]
    assert [(reading.records, reading.rejected, reading.complete) for reading in readings[2:]] == [(1, 1, False)] * 2


def test_a_raw_root_that_is_a_link_itself_is_none_that_leads_out(desk, tmp_path):
    (tmp_path / "store" / "day").mkdir(parents=True)
    (tmp_path / "store" / "day" / "a.txt").write_text("A text.")
    (tmp_path / "raw").symlink_to(tmp_path / "store")
    desk = type(desk)(tmp_path / "raw")
    (file,) = list_inputs(desk.storage, desk.source("text"), "day")
    assert file.refusal is None


def test_what_is_no_file_is_a_reject_that_names_it(desk):
    day = desk.root / "day"
    (day / "folder").mkdir(parents=True)
    (day / "a.txt").write_text("A text.")
    os.mkfifo(day / "pipe.txt")
    (day / "gone.txt").symlink_to(day / "nowhere.txt")
    (day / "loop.txt").symlink_to("loop.txt")
    (day / ".#lock.txt").symlink_to("editor@host.1")
    with socket(AF_UNIX) as listening:
        listening.bind(os.path.relpath(day / "folder" / "socket.txt"))  # the name of a socket is short
    one_level = list_inputs(desk.storage, desk.source("text"), "day", "day/*.txt")
    assert [file.path for file in one_level if file.refusal] == ["day/gone.txt", "day/loop.txt", "day/pipe.txt"]
    inputs = list_inputs(desk.storage, desk.source("text"), "day", "**/*.txt")
    assert [(file.path, file.refusal) for file in inputs] == [
        ("day/a.txt", None),
        *((f"day/{name}.txt", NO_FILE) for name in ("folder/socket", "gone", "loop", "pipe")),
    ]
    (named,) = list_inputs(desk.storage, desk.source("text"), "day", "day/gone.txt")
    reading = read_file(desk.storage, named, desk.source("text"), desk.settings)
    assert [(item.reason, item.detail) for item in reading] == [(Reason.UNSUPPORTED, NO_FILE)]
    assert (reading.account()["records"], reading.account()["complete"]) == (1, False)


def test_a_file_whose_name_is_in_no_encoding_is_a_reject_and_the_others_are_read(desk):
    day = desk.root / "day"
    (day / "folder").mkdir(parents=True)
    (day / "a.txt").write_text("A text.")
    for folder in (day, day / "folder"):
        (folder / os.fsdecode(b"caf\xe9.txt")).write_text("A text.")
    for pattern, folders in (("day/*.txt", ["day"]), ("**/*.txt", ["day", "day/folder"])):
        inputs = list_inputs(desk.storage, desk.source("text"), "day", pattern)
        refused = [(f"{folder}/caf\\xe9.txt", MISNAMED) for folder in folders]
        assert [(file.path, file.refusal) for file in inputs] == [("day/a.txt", None), *refused]


def test_each_file_of_a_folder_whose_name_is_in_no_encoding_is_a_reject_and_the_others_are_read(desk):
    day = desk.root / "day"
    (day / os.fsdecode(b"\xe9t\xe9") / "deep").mkdir(parents=True)
    (day / "a.txt").write_text("A text.")
    for path in (b"\xe9t\xe9/b.txt", b"\xe9t\xe9/deep/c.txt"):
        (day / os.fsdecode(path)).write_text("A text.")
    inputs = list_inputs(desk.storage, desk.source("text"), "day", "**/*.txt")
    refused = [(f"day/\\xe9t\\xe9/{name}", MISNAMED) for name in ("b.txt", "deep/c.txt")]
    assert [(file.path, file.refusal) for file in inputs] == [*refused, ("day/a.txt", None)]
    assert [item.reason for file in inputs[:2] for item in read_file(desk.storage, file, desk.source("text"), desk.settings)] == [
        Reason.UNSUPPORTED
    ] * 2
