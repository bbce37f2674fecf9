from __future__ import annotations

import gzip

import pytest
import zstandard
from warc_making import (
    PAGE,
    by_hand,
    member,
    numbers,
    packed,
    read,
    records,
    response,
    starts,
    stories,
)

from copydesk.raw.compression.stream import State
from copydesk.raw.warc.reader import is_record_start
from copydesk.records import Reason, Record, Skipped


@packed
def test_every_page_is_a_record_with_the_place_of_its_member_as_stored(pack):
    parts = pack(stories())
    items, state = read(b"".join(parts))
    assert state is State.COMPLETE
    assert numbers(items) == ["0", "1", "2"]
    assert [item.origin.offset for item in items] == starts(parts)
    assert [item.origin.ordinal for item in items] == [0, 1, 2]


def test_a_record_says_what_its_headers_say():
    (record,) = records(member(warc={"WARC-Record-ID": "<urn:uuid:1>", "WARC-Target-URI": "<https://coast.example/harbour>"}))
    assert (record.url, record.id, record.crawl_date) == ("https://coast.example/harbour", "urn:uuid:1", "2024-05-01T10:00:00Z")
    assert (record.media_type, record.charset, record.content) == ("text/html", "utf-8", PAGE.encode())


def test_without_a_record_id_its_place_is_one_that_lasts():
    archive = by_hand(response()) + by_hand(response())
    ids = [record.id for record in records(archive)]
    assert len(set(ids)) == 2
    assert ids == [record.id for record in records(archive)]


def test_a_single_member_may_hold_every_record():
    assert numbers(read(gzip.compress(b"".join(stories())))[0]) == ["0", "1", "2"]


def dictionary_archive(compress_dictionary: bool) -> bytes:
    parts = stories(40)
    dictionary = zstandard.train_dictionary(4096, [part[at : at + 200] for part in parts for at in range(0, 800, 100)])
    content = dictionary.as_bytes()
    content = zstandard.compress(content) if compress_dictionary else content
    compressor = zstandard.ZstdCompressor(dict_data=dictionary)
    return b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content + b"".join(map(compressor.compress, parts))


@pytest.mark.parametrize("compress_dictionary", [False, True])
def test_a_dictionary_in_the_first_frame_is_used(compress_dictionary):
    items, state = read(dictionary_archive(compress_dictionary))
    assert (len(items), state) == (40, State.COMPLETE)
    assert all(isinstance(item, Record) for item in items)


def test_a_broken_dictionary_is_damage():
    stored = bytearray(dictionary_archive(False))
    stored[8:40] = bytes(32)
    items, state = read(bytes(stored))
    assert state is State.CORRUPT
    assert [item.reason for item in items] == [Reason.CORRUPT_COMPRESSION]


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        (member(kind="request"), "request"),
        (member(kind="metadata", headers=[("Content-Type", "application/warc-fields")]), "metadata"),
        (member(kind="revisit"), "revisit"),
        (member(status="301 Moved Permanently"), "status 301"),
        (member(status="404 Not Found"), "status 404"),
        (member(headers=[("Content-Type", "image/jpeg")]), "image"),
        (member(headers=[("Content-Type", "application/json")]), "json"),
        (member(headers=[("Content-Type", "application/rss+xml")]), "xml"),
        (member(headers=[("Content-Type", "application/vnd.strange")]), "other type"),
        (member(b"\x00\x01", headers=[]), "no type"),
        (member(url="https://coast.example/robots.txt", headers=[("Content-Type", "text/plain")]), "robots.txt"),
        (by_hand(b"coast.example. 300 IN A 192.0.2.1", Content_Type="text/dns"), "response without HTTP"),
        (by_hand(b"?", WARC_Type="x-note"), "unknown record type"),
    ],
)
def test_what_is_no_document_is_counted_by_its_kind(record, kind):
    assert read(record)[0] == [Skipped(kind)]


@pytest.mark.parametrize(
    ("record", "media_type"),
    [
        (member(headers=[("Content-Type", "application/xhtml+xml")]), "text/html"),
        (member(headers=[("Content-Type", "Text/HTML;charset=x, text/html")]), "text/html"),
        (member(headers=[]), "text/html"),
        (member(headers=[("Content-Type", "application/octet-stream")]), "text/html"),
        (member(headers=[("Content-Type", "text/plain")]), "text/html"),
        (member(b"Just a story.", headers=[("Content-Type", "text/plain")]), "text/plain"),
        (member(kind="resource", headers=[("Content-Type", "text/html")]), "text/html"),
        (member(b"The text of a page.", kind="conversion", headers=[("Content-Type", "text/plain")]), "text/plain"),
    ],
)
def test_pages_and_texts_are_documents(record, media_type):
    assert [record.media_type for record in records(record)] == [media_type]


@pytest.mark.parametrize(
    "head",
    [
        "HTTP/1.1 200 OK\nContent-Type: text/html\n\n",
        "HTTP/2 200\r\ncontent-type: text/html\r\n\r\n",
        ":status: 200\r\ncontent-type: text/html\r\n\r\n",
        "http/1.0 200\r\nnonsense\r\n: none\r\nContent-Type:\r\n text/html\r\n\r\n",
    ],
)
def test_headers_are_read_as_servers_write_them(head):
    assert [record.content for record in records(by_hand(head.encode() + PAGE.encode()))] == [PAGE.encode()]


@pytest.mark.parametrize("version", ["WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"])
def test_every_version_is_read(version):
    assert len(records(by_hand(response()).replace(b"WARC/1.0", version.encode()))) == 1


def test_lines_may_end_without_a_carriage_return():
    block = b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + PAGE.encode()
    head, _, rest = by_hand(block).partition(b"HTTP/")
    assert [record.content for record in records(head.replace(b"\r\n", b"\n") + b"HTTP/" + rest)] == [PAGE.encode()]


@pytest.mark.parametrize(
    ("stated", "read_as"),
    [
        ("2024-05-01T10:00:00.123Z", "2024-05-01T10:00:00.123Z"),
        ("20080430204825", "2008-04-30T20:48:25Z"),
        ("yesterday", None),
        ("99999999999999", None),
    ],
)
def test_dates_are_passed_on_where_they_can_be_read(stated, read_as):
    assert records(by_hand(response(), WARC_Date=stated))[0].crawl_date == read_as


def test_a_charset_of_the_header_reaches_the_text():
    from copydesk.blocks.segment import segment

    page = "<html><body><p>Добрый день, это новости нашего города.</p>".encode("koi8-r")
    blocks = segment(read(member(page, headers=[("Content-Type", "text/html; charset=koi8-r")]))[0], 512).blocks
    assert any("Добрый день" in text for text in blocks["text"].to_pylist())


# Broken and hostile archives


@pytest.mark.parametrize(
    ("prefix", "is_start"), [(b"WARC/1.0\r\n", True), (b"WARC/0.18\nx", True), (b"WARC/1.0", False), (b" WARC/1.0\n", False)]
)
def test_a_record_starts_with_the_line_of_its_version(prefix, is_start):
    assert is_record_start(prefix) is is_start
