from __future__ import annotations

import gzip
import io
import json
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.raw.compression.stream import decompress
from copydesk.raw.guessing import GUESSED_BYTES, guess_format
from copydesk.raw.inputs import InputFile
from copydesk.raw.reading import READERS, read_file, read_path
from copydesk.records import Record, Reject
from copydesk.sources import Source
from copydesk.sources.record import RecordFields

SHARED = Path(__file__).parents[5] / "shared"
LINE = b'{"content": "Text."}\n'
every_format = pytest.mark.parametrize("format", READERS)
JSON_LINES = st.lists(
    st.dictionaries(st.sampled_from(["content", "url", "id"]), st.none() | st.integers() | st.text() | st.lists(st.text()))
).map(lambda rows: "\n".join(map(json.dumps, rows)).encode())


def shared(path: str) -> Path:
    if not (SHARED / path).is_file():
        pytest.skip(f"needs ../shared/{path} beside the checkout")
    return SHARED / path


def test_every_format_a_source_may_name_has_a_reader():
    assert set(READERS) == set(Source.model_fields["format"].annotation.__args__)


def test_the_account_of_a_file_counts_what_was_met(desk):
    stored = gzip.compress(LINE + b"broken\n" + LINE)
    reading = desk.reading(stored, "jsonl")
    assert [type(item) for item in reading] == [Record, Reject, Record]
    assert reading.account() == {
        "uri": str(desk.root / "day/file"),
        "bytes": len(stored),
        "sha256": sha256(stored).hexdigest(),
        "records": 3,
        "rejected": 1,
        "skipped": {},
        "complete": True,
    }


def test_the_checksum_covers_what_follows_the_damage(desk):
    stored = gzip.compress(LINE) + b"not gzip" * 400_000
    reading = desk.reading(stored, "jsonl")
    assert len(list(reading)) == 2
    assert (reading.bytes, reading.sha256) == (len(stored), sha256(stored).hexdigest())


def test_a_reading_can_be_repeated(desk):
    reading = desk.reading(LINE * 3, "jsonl")
    assert list(reading) == list(reading)
    assert reading.records == 3


def test_a_file_that_is_gone_is_an_error_of_the_storage(desk):
    file = InputFile("day/gone", "gone", 3)
    with pytest.raises(FileNotFoundError):
        list(read_file(desk.storage, file, desk.source("text"), desk.settings))


def test_a_file_in_which_damage_was_passed_over_is_partial(desk):
    head = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n"
    member = gzip.compress(head + b"Story\r\n\r\n")
    reading = desk.reading(member + member[:20] + bytes(60) + b"\xff" * 40 + member, "warc")
    items = list(reading)
    assert [type(item) for item in items] == [Record, Reject, Record]
    assert not reading.complete


@every_format
@settings(deadline=None)  # a busy disk is no failure
@given(
    content=st.binary() | JSON_LINES, compress=st.sampled_from([bytes, gzip.compress, zstandard.compress]), cut=st.integers(0, 9)
)
def test_no_content_raises_and_the_account_adds_up(any_desk, format, content, compress, cut):
    stored = compress(content)
    stored = stored[: len(stored) - cut]
    reading = any_desk.reading(stored, format)
    items = list(reading)
    assert reading.records == len(items)
    assert reading.rejected == sum(isinstance(item, Reject) for item in items)
    assert (reading.bytes, reading.sha256) == (len(stored), sha256(stored).hexdigest())
    assert [item.origin.ordinal for item in items] == list(range(len(items)))


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.txt", b"{", "text"),
        ("a.HTM.gz", gzip.compress(b"x", mtime=0), "html"),
        ("a.ndjson.zst", zstandard.compress(b"x"), "jsonl"),
        ("a.2026", gzip.compress(b"\xef\xbb\xbf\n <!doctype html>", mtime=0), "html"),
        ("a", LINE, "jsonl"),
        ("a", b"Headline", "text"),
        ("a", b"", "text"),
    ],
)
def test_a_format_is_guessed_by_name_then_by_content(name, content, format):
    stream = decompress(io.BytesIO(content), 200)
    assert guess_format(name, stream.head(GUESSED_BYTES)) == format


def test_a_local_file_is_read_without_a_source(desk):
    path = desk.root / "article.txt"
    path.write_bytes(b"Headline")
    (record,) = read_path(path, None, desk.settings)
    assert (record.content, record.id, record.origin.uri) == (b"Headline", str(path), str(path))


def test_a_local_file_is_read_with_the_fields_of_a_source(desk):
    path = desk.root / "articles"
    path.write_bytes(b'{"body": "Text."}')
    (record,) = read_path(path, "jsonl", desk.settings, RecordFields(content="body"))
    assert record.content == "Text."


def test_realnews_rows_are_read(desk):
    path = shared("dumps/grover_realnews_tiny.jsonl")
    fields = RecordFields(content="text", media_type="text/plain", title="title", authors="authors", published_at="publish_date")
    limits = desk.settings.model_copy(update={"max_record_bytes": 1 << 20})
    records = list(read_path(path, None, limits, fields))
    assert [record.given["authors"] for record in records[2:4]] == ["Andrew Payne; Noelle Talmon; Starpulse Staff", "The Local"]
    assert [record.url.split("/")[2] for record in records[:2]] == ["oregoncatalyst.com", "www.zdnet.com"]


def test_the_reference_article_is_read(desk):
    path = shared("seed/article.txt")
    limits = desk.settings.model_copy(update={"max_record_bytes": 1 << 20})
    (record,) = read_path(path, None, limits)
    assert record.content == path.read_bytes()
