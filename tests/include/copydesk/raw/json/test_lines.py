from __future__ import annotations

import gzip
import json
import tracemalloc
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.records import Reason, Record, Reject

ROWS = [{"content": f"<p>Article {n}: naïve — café</p>", "url": f"https://news.example/{n}"} for n in range(40)]
LINES = [json.dumps(row, ensure_ascii=False).encode() for row in ROWS]
FILE = b"".join(line + b"\n" for line in LINES)


def reasons(items: list) -> list[str]:
    return [item.reason.value if isinstance(item, Reject) else "record" for item in items]


def test_each_line_is_a_record_with_its_place(desk):
    items = desk.items(b"\xef\xbb\xbf" + FILE, "jsonl")
    assert [item.content for item in items] == [row["content"] for row in ROWS]
    assert [item.url for item in items] == [row["url"] for row in ROWS]
    third = items[3].origin
    assert (third.ordinal, third.sha256) == (3, sha256(LINES[3]).hexdigest())
    assert (b"\xef\xbb\xbf" + FILE)[third.offset :].startswith(LINES[3])


def test_the_source_says_which_field_is_what(desk):
    row = {
        "body": "Text.",
        "key": 17,
        "link": "u",
        "seen": "2026-11-03",
        "head": " A title ",
        "by": ["Ann", "Bo"],
        "on": 1700000000,
    }
    fields = {"content": "body", "media_type": "text/plain", "id": "key", "url": "link", "crawl_date": "seen"}
    (record,) = desk.items(json.dumps(row).encode(), "jsonl", **fields, title="head", authors="by", published_at="on")
    assert (record.content, record.media_type, record.id) == ("Text.", "text/plain", "17")
    assert (record.url, record.crawl_date) == ("u", "2026-11-03")
    assert record.given == {"title": "A title", "authors": "Ann; Bo", "published_at": "1700000000"}


@pytest.mark.parametrize(
    ("authors", "given"),
    [("Ann", {"authors": "Ann"}), ([{"name": "Ann"}, "", None, "Bo"], {"authors": "Ann; Bo"}), ([], {}), (None, {}), (True, {})],
)
def test_authors_come_in_many_shapes(desk, authors, given):
    (record,) = desk.items(json.dumps({"content": "x", "by": authors}).encode(), "jsonl", authors="by")
    assert record.given == given


@pytest.mark.parametrize(
    "content",
    [
        b'[\n{"content": "x"},\n{"content": "y"},\n]\n',
        b'\xef\xbb\xbf[{"content": "x"},\n{"content": "y"},\n]',
        b'{"content": "x"},\n{"content": "y"}, \n',
        b'[{"content": "x"}, {"content": "y"}]',
    ],
)
def test_a_json_array_is_told_from_broken_lines(desk, content):
    items = desk.items(content, "jsonl")
    assert set(reasons(items)) == {"unparsable"}
    assert all("an array or a piece of one, where each line is an object" in item.detail for item in items)


def test_one_line_that_is_an_array_says_nothing_of_the_others(desk):
    first, broken, last = desk.items(b'{"content": "x"}\n[1,2\n{"content": "y"}\n', "jsonl")
    assert broken.detail.startswith("line at byte 17: an array or a piece of one")
    assert (first.content, last.content) == ("x", "y")


@pytest.mark.parametrize("content", [b'{"content": "x",\n', b'{"content": "x"} {"content": "y"},\n', b"},\n"])
def test_a_line_that_is_merely_broken_is_not_called_an_array(desk, content):
    (item,) = desk.items(content, "jsonl")
    assert "not valid JSON" in item.detail


@pytest.mark.parametrize("depth", [100, 900])
def test_authors_nested_deeper_than_any_are_no_error(desk, depth):
    line = b'{"content": "x", "by": ' + b"[" * depth + b"]" * depth + b"}"
    assert len(desk.items(line, "jsonl", authors="by")) == 1


def test_blank_lines_are_no_records(desk):
    items = desk.items(b"\n" + LINES[0] + b"\r\n  \r\n\n" + LINES[1], "jsonl")
    assert [item.origin.ordinal for item in items] == [0, 1]
    assert items[0].origin.sha256 == sha256(LINES[0]).hexdigest()


@pytest.mark.parametrize("content", [b"\n\n", b"\xef\xbb\xbf"])
def test_a_file_of_blank_lines_has_no_records_and_is_complete(desk, content):
    reading = desk.reading(content, "jsonl")
    assert list(reading) == []
    assert reading.complete


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", Reason.UNPARSABLE),
        (b'{"content": "x"', Reason.UNPARSABLE),
        (b'["content"]', Reason.UNPARSABLE),
        (b"[" * 1900, Reason.UNPARSABLE),
        (b"9" * 1900, Reason.UNPARSABLE),
        (b'{"content": 5}', Reason.UNPARSABLE),
        (b'{"content": ["a"]}', Reason.UNPARSABLE),
        (b'{"content": ""}', Reason.MISSING_CONTENT),
        (b'{"content": " \\n"}', Reason.MISSING_CONTENT),
        (b'{"content": null}', Reason.MISSING_CONTENT),
        (b'{"text": "x"}', Reason.MISSING_CONTENT),
        (b"{}", Reason.MISSING_CONTENT),
        (b"\x00" * 500, Reason.UNPARSABLE),
        (b"\xff\x00\x01" * 100, Reason.UNDECODABLE),
        (b"x" * 2001, Reason.TOO_LARGE),
        (b"x" * 90_000, Reason.TOO_LARGE),
    ],
)
def test_a_broken_line_is_rejected_with_its_offset_and_reading_goes_on(desk, line, reason):
    reading = desk.reading(LINES[0] + b"\n" + line + b"\n" + LINES[1] + b"\n", "jsonl")
    items = list(reading)
    assert reasons(items) == ["record", reason.value, "record"]
    assert [item.origin.offset for item in items] == [0, len(LINES[0]) + 1, len(LINES[0]) + len(line) + 2]
    assert [item.origin.ordinal for item in items] == [0, 1, 2]
    assert reading.complete


def test_a_missing_content_field_names_the_fields_there_are(desk):
    (reject,) = desk.items(b'{"text": "x", "url": "https://news.example/1"}', "jsonl")
    assert "'content' is missing; the line has 'text', 'url'" in reject.detail
    assert reject.url == "https://news.example/1"


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_a_line_at_the_limit_is_a_record(desk, ending):
    line = b'{"content": "' + b"x" * (2000 - 15) + b'"}'
    assert len(line) == 2000
    assert reasons(desk.items(line + ending, "jsonl")) == ["record"]


def test_a_line_in_another_encoding_is_decoded(desk):
    (record,) = desk.items('{"content": "Straße über die Brücke nach Köln"}'.encode("cp1252"), "jsonl")
    assert record.content == "Straße über die Brücke nach Köln"


def test_raw_tabs_in_a_string_are_read(desk):
    (record,) = desk.items(b'{"content": "a\tb"}', "jsonl")
    assert record.content == "a\tb"


def test_no_lone_surrogate_reaches_what_the_container_states(desk):
    (record,) = desk.items(b'{"content": "x", "url": "u\\ud800\\u0000", "t": "\\ud83d\\ude00"}', "jsonl", title="t")
    assert (record.url, record.given) == ("u\ufffd", {"title": "😀"})


def test_a_file_that_ends_inside_a_line_is_cut(desk):
    reading = desk.reading(FILE[:-20], "jsonl")
    assert reasons(list(reading)) == ["record"] * 39 + ["truncated"]
    assert not reading.complete


def test_a_cut_gzip_keeps_its_whole_lines_and_rejects_the_tail(desk):
    stored = gzip.compress(FILE, compresslevel=0)
    reading = desk.reading(stored[:-30], "jsonl")
    items = list(reading)
    assert reasons(items) == ["record"] * 39 + ["truncated"]
    assert items[-1].origin.offset == len(FILE) - len(LINES[-1]) - 1
    assert not reading.complete


def test_a_gzip_that_lost_only_its_checksum_is_still_cut(desk):
    assert reasons(desk.items(gzip.compress(FILE)[:-4], "jsonl")) == ["record"] * 40 + ["truncated"]


def test_a_huge_line_is_not_held(desk):
    stored = b'{"content": "' + b"x" * (40 << 20) + b'"}\n' + LINES[0]
    reading = desk.reading(stored, "jsonl")
    del stored
    tracemalloc.start()
    assert reasons(list(reading)) == ["too_large", "record"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 << 20


@settings(deadline=None)  # a busy disk is no failure
@given(cut=st.integers(0, 100_000), level=st.sampled_from([0, 1, 9]))
def test_a_cut_file_never_yields_a_record_of_its_own(any_desk, cut, level):
    stored = gzip.compress(FILE, compresslevel=level, mtime=0)
    reading = any_desk.reading(stored[: cut % len(stored)], "jsonl")
    contents = [item.content for item in reading if isinstance(item, Record)]
    assert contents == [row["content"] for row in ROWS[: len(contents)]]
    assert reading.complete == (cut % len(stored) == 0)
