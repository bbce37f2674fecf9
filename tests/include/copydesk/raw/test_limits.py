"""Whoever reads of a limit in quarantine can act on it: every reject for one names its value, and its setting where it has one."""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from copydesk.raw.reading import READERS
from copydesk.records import Reason, Record
from copydesk.settings import Settings

NAMED = re.compile(r"COPYDESK_([A-Z_]+)=(\d+)")
LONG = "A long sentence. " * 300
PAGE = f"<p>{LONG}</p>"
NAMESPACES = " ".join(f"xmlns:a{n}='b{n}'" for n in range(300))
NITF = "<nitf><body><body.content>{}</body.content></body></nitf>"


def table(*texts: str) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"content": list(texts)}), sink)
    return sink.getvalue()


def warc(content: str) -> bytes:
    head = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n"
    return f"{head.format(len(content))}{content}\r\n\r\n".encode()


def tar(*contents: bytes) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for n, content in enumerate(contents):
            member = tarfile.TarInfo(f"member{n}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return sink.getvalue()


OVERSIZED = {
    "text": LONG.encode(),
    "html": PAGE.encode(),
    "jsonl": json.dumps({"content": LONG}).encode() + b"\n",
    "json": json.dumps([{"content": LONG}]).encode(),
    "csv": f"content,url\n{LONG},a\n".encode(),
    "parquet": table(LONG),
    "ninjs": json.dumps([{"uri": "a", "body_text": LONG}]).encode(),
    "nitf": NITF.format(PAGE).encode(),
    "newsml": f"<newsMessage><newsItem><contentSet><inlineXML>{PAGE}</inlineXML></contentSet></newsItem></newsMessage>".encode(),
    "iptc7901": f"\x01tid1 4 pl 9\n\x02{LONG}\x03\x04".encode(),
    "feed": f"<rss><channel><item><description>{LONG}</description></item></channel></rss>".encode(),
    "warc": warc(LONG),
}


def named_limits(items: list) -> set[tuple[str, str]]:
    limits = [item.detail for item in items if not isinstance(item, Record) and item.reason is Reason.TOO_LARGE]
    assert limits
    assert all(NAMED.search(detail) for detail in limits), limits
    found = {found.groups() for detail in limits for found in NAMED.finditer(detail)}
    assert {name.lower() for name, _ in found} <= Settings.model_fields.keys()
    return found


@pytest.mark.parametrize("format", READERS)
def test_a_record_over_the_limit_is_told_with_it(desk, format):
    assert named_limits(desk.items(OVERSIZED[format], format)) == {("MAX_RECORD_BYTES", "2000")}


@pytest.mark.parametrize("format", sorted(set(READERS) - {"parquet"}))
@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_what_grows_too_much_is_told_with_the_limit(desk, format, compress):
    assert ("MAX_EXPANSION", "200") in named_limits(desk.items(compress(OVERSIZED[format] + b" " * (4 << 20)), format))


def test_the_limits_of_an_archive_are_told(desk):
    desk.settings = desk.settings.model_copy(update={"max_members": 2, "max_spool_bytes": 1000})
    assert named_limits(desk.items(tar(b"One.", b"Two.", b"Three."), "text")) == {("MAX_MEMBERS", "2")}
    assert named_limits(desk.items(gzip.compress(table(*map(str, range(5000)))), "parquet")) == {("MAX_SPOOL_BYTES", "1000")}


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        (NITF.format("<p>" * 300 + "</p>" * 300), "200 elements"),
        (NITF.format("<p/>" * 210_000), "200000 elements"),
        (f"<nitf {NAMESPACES}><body/></nitf>", "200 namespaces"),
    ],
)
def test_a_limit_without_a_setting_says_that_none_raises_it(desk, content, limit):
    desk.settings = desk.settings.model_copy(update={"max_record_bytes": 1 << 24})
    (reject,) = desk.items(content.encode(), "nitf")
    assert limit in reject.detail
    assert "no setting" in reject.detail
