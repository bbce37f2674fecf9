from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

import pytest

from copydesk.raw.inputs import InputFile
from copydesk.raw.reading import read_file

PAGES = {f"day/{number}.html": b"<p>Page %d.</p>" % number for number in range(5)}
LINES = b"".join(b'{"content": "Line %d."}\n' % number for number in range(10))
LINE_BYTES = len(LINES) // 10


def packed_tar() -> bytes:
    stored = io.BytesIO()
    with tarfile.open(fileobj=stored, mode="w") as archive:
        for name, content in PAGES.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stored.getvalue()


def packed_zip() -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name, content in PAGES.items():
            archive.writestr(name, content)
    return stored.getvalue()


def piece(desk, content: bytes, format: str, start: int, stop: int | None, *, head: int = 0):
    (desk.root / "file").write_bytes(content)
    size = (len(content) if stop is None else stop) - start
    file = InputFile("file", str(desk.root / "file"), size, start, stop, head, file_size=len(content))
    return read_file(desk.storage, file, desk.source(format), desk.settings)


@pytest.mark.parametrize(("first", "last"), [(0, 3), (3, 7), (7, None)])
def test_a_piece_of_lines_is_read_as_a_file_with_the_places_of_the_whole(desk, first, last):
    start, stop = first * LINE_BYTES, None if last is None else last * LINE_BYTES
    reading = piece(desk, LINES, "jsonl", start, stop)
    records = list(reading)
    assert [record.content for record in records] == [f"Line {number}." for number in range(first, last or 10)]
    assert [record.origin.offset for record in records] == [number * LINE_BYTES for number in range(first, last or 10)]
    assert [record.origin.ordinal for record in records] == list(range(len(records)))
    assert (reading.bytes, reading.sha256) == (len(LINES[start:stop]), None)
    assert reading.complete


def test_every_piece_is_read_behind_the_head_of_the_file(desk):
    content = b"url,content\n" + b"".join(b"http://desk.example/%d,Text %d\n" % (number, number) for number in range(5))
    start = content.index(b"http://desk.example/3")
    reading = piece(desk, content, "csv", start, None, head=len(b"url,content\n"))
    records = list(reading)
    assert [record.content for record in records] == ["Text 3", "Text 4"]
    assert records[0].origin.offset == start
    assert (reading.bytes, reading.sha256) == (len(content) - start, None)


def test_a_piece_may_be_a_run_of_compressed_members(desk):
    members = [gzip.compress(b'{"content": "%d"}\n' % number) for number in range(4)]
    start, stop = len(members[0]), sum(map(len, members[:3]))
    reading = piece(desk, b"".join(members), "jsonl", start, stop)
    assert [record.content for record in reading] == ["1", "2"]
    assert reading.complete


def test_a_piece_of_a_tar_is_a_run_of_its_members(desk):
    stored = packed_tar()
    start = stored.index(b"day/2.html")
    stop = stored.index(b"day/4.html")
    reading = piece(desk, stored, "html", start, stop)
    assert [record.origin.member for record in reading] == ["day/2.html", "day/3.html"]
    assert reading.complete
    assert [record.origin.member for record in piece(desk, stored, "html", stop, None)] == ["day/4.html"]


def test_the_last_piece_of_a_tar_that_was_cut_is_cut(desk):
    stored = packed_tar()
    start = stored.index(b"day/3.html")
    reading = piece(desk, stored[: start + 520], "html", start, None)
    assert [item.reason for item in reading] == ["truncated"]
    assert not reading.complete


def test_a_piece_of_a_zip_is_members_by_their_numbers(desk):
    stored = packed_zip()
    reading = piece(desk, stored, "html", 1, 3)
    assert [record.origin.member for record in reading] == ["day/1.html", "day/2.html"]
    assert (reading.bytes, reading.sha256, reading.complete) == (2, None, True)
