from __future__ import annotations

import gzip
import random
from hashlib import sha256

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.records import Origin, Reason, Record, Stage

FORMATS = pytest.mark.parametrize(("format", "media_type"), [("text", "text/plain"), ("html", "text/html")])
ARTICLE = b"Headline\n\nOne paragraph, and another one.\n"
NOISE = random.Random(5).randbytes(1500)


@FORMATS
@pytest.mark.parametrize("compress", [bytes, gzip.compress, zstandard.compress])
def test_a_file_is_one_record(desk, format, media_type, compress):
    origin = Origin(str(desk.root / "day/file"), sha256=sha256(ARTICLE).hexdigest())
    assert desk.items(compress(ARTICLE), format) == [Record(ARTICLE, media_type, origin, id="day/file")]


@FORMATS
@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf\n", gzip.compress(b"", mtime=0)])
def test_a_file_without_text_is_rejected_as_empty(desk, format, media_type, content):
    (reject,) = desk.items(content, format)
    assert (reject.stage, reject.reason) == (Stage.READ, Reason.EMPTY)


@FORMATS
def test_an_article_that_lost_its_end_is_rejected(desk, format, media_type):
    reading = desk.reading(gzip.compress(ARTICLE)[:-9], format)
    (reject,) = reading
    assert reject.reason is Reason.TRUNCATED
    assert not reading.complete


@FORMATS
def test_an_article_out_of_broken_bytes_is_rejected(desk, format, media_type):
    stored = bytearray(gzip.compress(ARTICLE))
    stored[-6] ^= 1
    (reject,) = desk.items(bytes(stored), format)
    assert reject.reason is Reason.CORRUPT_COMPRESSION


@FORMATS
@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_a_file_over_the_limit_is_rejected_with_the_limit(desk, format, media_type, compress):
    reading = desk.reading(compress(b"x" * 2001), format)
    (reject,) = reading
    assert reject.reason is Reason.TOO_LARGE
    assert "COPYDESK_MAX_RECORD_BYTES=2000" in reject.detail
    assert reading.complete


@FORMATS
def test_a_file_at_the_limit_is_a_record(desk, format, media_type):
    (record,) = desk.items(b"x" * 2000, format)
    assert isinstance(record, Record)


@FORMATS
def test_a_bomb_is_rejected_with_the_limit(desk, format, media_type):
    (reject,) = desk.items(gzip.compress(bytes(5 << 20)), format)
    assert reject.reason is Reason.TOO_LARGE
    assert "COPYDESK_MAX_EXPANSION" in reject.detail


@settings(deadline=None)  # a busy disk is no failure
@given(cut=st.integers(0, 5000))
def test_a_cut_gzip_never_becomes_an_article(any_desk, cut):
    stored = gzip.compress(NOISE)
    assert not [item for item in any_desk.items(stored[: cut % len(stored)], "text") if isinstance(item, Record)]
