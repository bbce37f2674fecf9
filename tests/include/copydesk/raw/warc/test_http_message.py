from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest
import zstandard

from copydesk.raw.warc.http_coding import Bounds, BrokenBody, Oversized, decode_content, join_chunks
from copydesk.raw.warc.http_message import parse_message
from copydesk.records import Reason

PAGE = b"<html><body><p>" + b"The ferry came back on Tuesday. " * 300
BOUNDS = Bounds(1 << 20, 200)


def deflate(content: bytes) -> bytes:
    return zlib.compress(content)


def deflate_raw(content: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(content) + compressor.flush()


CODERS = [
    ("gzip", gzip.compress),
    ("X-GZIP", gzip.compress),
    ("deflate", deflate),
    ("deflate", deflate_raw),
    ("br", brotli.compress),
    ("zstd", zstandard.compress),
]
coded = pytest.mark.parametrize(("name", "encode"), CODERS)


def chunks(content: bytes, size: int, extension: bytes = b"") -> bytes:
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    return b"".join(b"%x%b\r\n%b\r\n" % (len(part), extension, part) for part in parts) + b"0\r\n\r\n"


@coded
def test_a_body_is_decoded(name, encode):
    assert decode_content(encode(PAGE), name, BOUNDS) == PAGE


@coded
def test_a_body_that_grows_a_thousand_times_is_read_whole(name, encode):
    assert decode_content(encode(bytes(1 << 20)), name, BOUNDS) == bytes(1 << 20)


@coded
def test_a_body_that_was_decoded_before_stays_as_it_is(name, encode):
    assert decode_content(PAGE, name, BOUNDS) == PAGE


@coded
def test_a_cut_body_is_told_from_a_whole_one(name, encode):
    with pytest.raises(BrokenBody) as caught:
        decode_content(encode(PAGE)[:-6], name, BOUNDS)
    assert caught.value.reason is Reason.TRUNCATED


@coded
def test_a_bomb_is_not_held(name, encode):
    body = encode(bytes(64 << 20))
    tracemalloc.start()
    with pytest.raises(Oversized):
        decode_content(body, name, BOUNDS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 24 << 20


def test_a_body_that_grows_too_many_times_is_not_held_and_the_limit_is_named():
    body = brotli.compress(bytes(2 << 20))
    with pytest.raises(Oversized, match="more than 100 times; the limit is COPYDESK_MAX_EXPANSION=100"):
        decode_content(body, "br", Bounds(16 << 20, 100))
    assert decode_content(brotli.compress(bytes(1 << 20)), "br", Bounds(16 << 20, 100)) == bytes(1 << 20)


def test_encodings_are_taken_off_last_one_first():
    assert decode_content(brotli.compress(gzip.compress(PAGE)), "gzip, br", BOUNDS) == PAGE


@pytest.mark.parametrize("encodings", ["", "identity", "none", "utf-8", "gzip, identity"])
def test_encodings_that_are_none_are_passed_over(encodings):
    assert decode_content(PAGE, encodings, BOUNDS) == PAGE


def test_members_of_a_gzip_body_are_joined_and_what_follows_them_is_dropped():
    assert decode_content(gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:]) + b"\r\n", "gzip", BOUNDS) == PAGE


def test_broken_bytes_are_no_body():
    body = bytearray(gzip.compress(PAGE))
    body[12:40] = b"\xff" * 28
    with pytest.raises(BrokenBody) as caught:
        decode_content(bytes(body), "gzip", BOUNDS)
    assert caught.value.reason is Reason.CORRUPT_RECORD


@pytest.mark.parametrize("extension", [b"", b";name=value", b"  "])
@pytest.mark.parametrize("size", [1, 7, 4096, 1 << 20])
def test_chunks_are_joined(size, extension):
    assert join_chunks(chunks(PAGE, size, extension)) == PAGE


@pytest.mark.parametrize("body", [PAGE, b"", b"face to face", b"A letter\r\nto the editor"])
def test_a_body_without_chunks_stays_as_it_is(body):
    assert join_chunks(body) == body


def test_a_last_chunk_may_carry_fields_or_miss_its_end():
    body = chunks(PAGE, 1000)
    assert join_chunks(body.removesuffix(b"\r\n") + b"Expires: never\r\n\r\n") == PAGE
    assert join_chunks(body.removesuffix(b"\r\n\r\n")) == PAGE


@pytest.mark.parametrize("cut", [20, 500, 1003, 1004, 1005, 1007])
def test_chunks_that_end_too_early_are_cut(cut):
    with pytest.raises(BrokenBody) as caught:
        join_chunks(chunks(PAGE, 1000)[:cut])
    assert caught.value.reason is Reason.TRUNCATED


def test_a_chunk_that_is_longer_than_it_says_is_damage():
    with pytest.raises(BrokenBody) as caught:
        join_chunks(chunks(PAGE, 1000).replace(b"\r\nThe", b"\r\nMore of The", 1).replace(b"3e8\r\n", b"3e0\r\n", 1))
    assert caught.value.reason is Reason.CORRUPT_RECORD


def test_a_response_is_taken_apart():
    message = parse_message(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: a\r\n b\r\nx: second\r\n\r\nbody\r\n\r\nmore")
    assert message
    assert (message.status, message.body) == (200, b"body\r\n\r\nmore")
    assert message.fields == {"content-type": "text/html", "x": "a b"}


@pytest.mark.parametrize("block", [b"", b"GET / HTTP/1.1\r\n\r\n", b"<html>", b"HTTP/1.1 OK\r\n\r\n"])
def test_anything_else_is_no_response(block):
    assert parse_message(block) is None
