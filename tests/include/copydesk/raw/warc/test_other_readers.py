from __future__ import annotations

import gzip
import io
from collections import Counter
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastArchive
from fastwarc.warc import WarcRecordType
from warc_making import (
    HTML,
    PAGE,
    Writer,
    member,
    read,
    records,
    rejects,
    stories,
)
from warcio.archiveiterator import ArchiveIterator

from copydesk.records import Reason, Record, Skipped

SHARED = Path(__file__).parents[6] / "shared"


def mixed_archive() -> bytes:
    writer = Writer(out := io.BytesIO(), gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "a test"}))
    chunked = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (PAGE.encode()[:100], PAGE.encode()[100:])) + b"0\r\n\r\n"
    coded = [*HTML, ("Content-Encoding", "gzip")]
    for part in (
        *stories(5),
        member(kind="request"),
        member(status="302 Found"),
        member(chunked, headers=[*HTML, ("Transfer-Encoding", "chunked")]),
        member(gzip.compress(PAGE.encode()), headers=coded),
        member(kind="resource", headers=[("Content-Type", "text/html")]),
    ):
        out.write(gzip.compress(part))
    return out.getvalue()


def test_warcio_reads_the_same_pages_at_the_same_places():
    archive = mixed_archive()
    expected = []
    iterator = ArchiveIterator(io.BytesIO(archive))
    for record in iterator:
        is_page = record.rec_type == "resource" or (
            record.rec_type == "response" and record.http_headers.get_statuscode() == "200"
        )
        content = record.content_stream().read()
        offset = iterator.get_record_offset()
        if is_page:
            expected.append((record.rec_headers.get_header("WARC-Target-URI"), offset, content))
    assert [(record.url, record.origin.offset, record.content) for record in records(archive)] == expected
    assert len(expected) == 8


def test_fastwarc_reads_the_same_records():
    archive = mixed_archive()
    items, _ = read(archive)
    assert len(items) == len(list(FastArchive(io.BytesIO(archive))))
    skipped = Counter(item.kind for item in items if isinstance(item, Skipped))
    assert skipped == {"warcinfo": 1, "request": 1, "status 302": 1}
    fast = FastArchive(io.BytesIO(archive), record_types=WarcRecordType.response, auto_decode="all")
    pages = [record.reader.read() for record in fast if record.http_headers.status_code == 200]
    assert [item.content for item in items if isinstance(item, Record)][:-1] == pages


def test_a_page_of_common_crawl_reads_as_far_as_it_goes():
    path = SHARED / "dumps" / "cc_houstonpress_1record.warc.gz"
    if not path.exists():
        pytest.skip("needs ../shared/dumps beside the checkout")
    stored = path.read_bytes()  # the sample is cut inside its only member
    (reject,) = rejects(stored)
    assert (reject.reason, reject.origin.offset) == (Reason.TRUNCATED, 0)
    assert reject.url and reject.url.startswith("http://www.houstonpress.com/music/")
