from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.raw.agencies.feed import read_feed
from copydesk.raw.agencies.newsml import read_newsml
from copydesk.raw.agencies.ninjs import read_ninjs
from copydesk.raw.agencies.nitf import read_nitf
from copydesk.raw.compression.stream import decompress
from copydesk.raw.context import Context
from copydesk.records import Reason, Record, Reject, Skipped
from copydesk.sources.record import RecordFields
from timing import done_within

ITEM = "<item><title>Wall &amp; quay</title><description><![CDATA[<p>The wall is closed.</p>]]></description></item>\n"
FEED = f"<?xml version='1.0'?><rss><channel><title>Tide</title>{ITEM * 3}</channel></rss>"
NITF = "<nitf><body><body.content><p>The wall <person>Ann</person> built.</p><media/></body.content></body></nitf>"
NEWS = f'<newsMessage><newsItem guid="1"><contentSet><inlineXML>{NITF}</inlineXML></contentSet></newsItem></newsMessage>'
NINJS = '[{"uri": "a", "body_html": "<p>The \\"wall\\" is closed.</p>", "altids": {"x": [{}]}}, {"type": "picture"}]'
READERS = {"feed": (read_feed, FEED), "nitf": (read_nitf, NITF), "newsml": (read_newsml, NEWS), "ninjs": (read_ninjs, NINJS)}
LIMIT = 4000


def read(content: bytes, format: str = "feed", max_bytes: int = LIMIT) -> list:
    stream = decompress(io.BytesIO(content), 200)
    items = list(READERS[format][0](stream, Context("file:///raw/f", "f", RecordFields(), max_bytes, 200, 1 << 30)))
    assert stream.ending.stored_offset == len(content)
    return items


def reasons(items: list) -> list[str]:
    return [item.reason.value if isinstance(item, Reject) else "record" for item in items]


def in_feed(*items: str) -> bytes:
    return f"<rss><channel>{''.join(items)}</channel></rss>".encode()


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://tide.example/x.dtd"> %a;]>',
    ],
)
def test_a_file_that_declares_entities_is_refused_whole(doctype):
    (reject,) = read(f"<?xml version='1.0'?>{doctype}<rss><channel>{ITEM}<item>&b;</item></channel></rss>".encode())
    assert reject.reason is Reason.UNPARSABLE
    assert "entities are never expanded" in reject.detail


def test_a_doctype_elsewhere_is_not_asked_for():
    doctype = '<!DOCTYPE rss PUBLIC "-//X//EN" "http://tide.example/rss.dtd">'
    assert reasons(read(doctype.encode() + in_feed(ITEM))) == ["record"]


def test_an_item_that_declares_entities_or_includes_files_is_refused_alone():
    bomb = '<item><!DOCTYPE x [<!ENTITY a "ha">]><description>&a;</description></item>'
    include = '<item xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="file:///etc/passwd"/></item>'
    items = read(in_feed(ITEM, bomb, include, ITEM))
    assert reasons(items) == ["record", "unparsable", "unparsable", "record"]
    assert "never followed" in items[2].detail


def test_an_entity_that_nobody_declared_stays_as_it_is_written():
    (record,) = read(in_feed("<item><description>R&amp;D &lol9; &Auml;rger</description></item>"))
    assert record.content == "R&D &lol9; Ärger"


def test_an_item_nested_too_deeply_costs_no_other():
    deep = f"<item><description>{'<b>' * 300}x{'</b>' * 300}</description></item>"
    assert reasons(read(in_feed(ITEM, deep, ITEM))) == ["record", "too_deep", "record"]


def test_an_item_over_the_limit_is_read_past():
    large = f"<item><description><![CDATA[{'</item> ' * 1000}]]></description></item>"
    items = read(in_feed(ITEM, large, ITEM))
    assert reasons(items) == ["record", "too_large", "record"]
    assert f"COPYDESK_MAX_RECORD_BYTES={LIMIT}" in items[1].detail


def test_an_endless_item_takes_no_memory():
    content = b"<rss><channel><item><description>" + b"The wall is closed &amp; so is the quay. " * 500_000
    tracemalloc.start()
    (reject,) = read(content, max_bytes=1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reject.reason is Reason.TRUNCATED
    assert peak < 8 << 20


def test_a_long_feed_takes_no_memory():
    items = in_feed(f"<item><description>{'The wall is closed. ' * 150}</description></item>" * 1500)
    stream = decompress(io.BytesIO(items), 200)
    tracemalloc.start()
    count = sum(1 for _ in read_feed(stream, Context("file:///raw/f", "f", RecordFields(), LIMIT, 200, 1 << 30)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1500
    assert peak < 3 << 20 < len(items)


@pytest.mark.parametrize("stop", range(0, len(FEED), 7))
def test_a_file_cut_anywhere_keeps_what_is_whole_and_says_so(stop):
    *items, last = read(FEED[:stop].encode())
    assert isinstance(last, Reject)
    assert last.reason in (Reason.TRUNCATED, Reason.EMPTY)
    assert len(items) == FEED[:stop].count("</item>")
    assert all(isinstance(item, Record) for item in items)


def test_items_that_are_commented_out_are_none():
    assert reasons(read(in_feed(f"<!-- {ITEM} -->", ITEM, "<item/>"))) == ["record", "missing_content"]


@pytest.mark.parametrize(
    "inside",
    [
        "&" * 300_000,
        "<" * 300_000,
        "<!--" * 75_000,
        "<![CDATA[" * 30_000,
        "<?" * 150_000,
        "&lt;a href  " * 25_000,
        "." * 300_000 + "x",
        "@" * 300_000,
        "<x xmlns:a='b'>" * 20_000,
        "<x " + " ".join(f"xmlns:a{n}='b'" for n in range(8000)) + ">" + "<y xmlns:b='c'/>" * 8000,
    ],
)
def test_hostile_items_are_done_with_soon(inside):
    done_within(
        5,
        lambda: read(
            in_feed(f"<item><author>{inside}</author><description>{inside}</description></item>", ITEM), max_bytes=1 << 20
        ),
    )


@pytest.mark.parametrize("format", READERS)
@settings(max_examples=150)
@given(data=st.data())
def test_no_damage_makes_a_reader_fail(format, data):
    content = bytearray(READERS[format][1].encode())
    tokens = [
        b"<",
        b"&",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"</item>",
        b"<item ",
        b"{",
        b"}",
        b'"',
        b"\\",
        b"[",
        b"\0",
        b"&#0;",
        b"\xff\xfe",
    ]
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(content)))
        stop = start + data.draw(st.integers(0, 40))
        content[start:stop] = data.draw(st.binary(max_size=6) | st.sampled_from(tokens))
    items = read(bytes(content), format)
    assert all(isinstance(item, Record | Reject | Skipped) for item in items)
    numbered = [item.origin.ordinal for item in items if not isinstance(item, Skipped)]
    assert numbered == list(range(len(numbered)))
    offsets = [item.origin.offset for item in items if not isinstance(item, Skipped)]
    assert all(0 <= offset <= len(content) for offset in offsets)
