from __future__ import annotations

import pytest

from copydesk.raw.guessing import guess_format


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("2026-11-03.jsonl.zst", "jsonl"),
        ("export.TSV", "csv"),
        ("part-0.parquet", "parquet"),
        ("crawl-00001.warc.gz", "warc"),
        ("crawl-00001.warc.wet.gz", "warc"),
        ("item.nitf.xml", "nitf"),
        ("news.rss", "feed"),
        ("day/page.html", "html"),
    ],
)
def test_a_name_says_what_a_file_is(name, format):
    assert guess_format(name, b"anything") == format


@pytest.mark.parametrize(
    ("head", "format"),
    [
        (b"WARC/1.0\r\n", "warc"),
        (b"\x16\x16\x01tid014 4 pl 171", "iptc7901"),
        (b"PAR1\x15\x04", "parquet"),
        (b'[\n {"content": "x"}]', "json"),
        (b'{"content": "x"}\n{"content": "y"}\n', "jsonl"),
        (b'{"content": "' + b"x" * 5000, "jsonl"),
        (b'{\n  "items": [', "json"),
        (b'{"uri": "urn:x", "versioncreated": "2026-11-03", "headline": "x"}', "ninjs"),
        (b'{\n "uri": "urn:x",\n "bodies": [', "ninjs"),
        (b'{"uri": "urn:x", "text": "x"}\n', "jsonl"),
        (b'<?xml version="1.0"?>\n<!-- made by hand -->\n<nitf>', "nitf"),
        (b'<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd" [<!ENTITY a "b">]><nitf>', "nitf"),
        (b'\xef\xbb\xbf<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">', "newsml"),
        (b"<nar:newsItem guid='x'>", "newsml"),
        (b'<rss version="2.0">', "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<rdf:RDF>", "feed"),
        ("\ufeff<rss>".encode("utf-16-le"), "feed"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"<!doctype html>\n<title>x", "html"),
        (b"<!-- " + b"x" * 3000, "html"),
        (b"< 5 % of all", "html"),
        (b"Headline\n\nText.", "text"),
        (b"[Correction] The mayor did not say so.", "text"),
        (b"{see below} The mayor", "text"),
        (b'{"articles": [{"content": "x"}]}\n', "json"),
        (b'{"count": 2, "articles": [{"content": "' + b"x" * 20000, "json"),
        (b'{"content": "x", "authors": [{"name": "A"}]}\n{"content": "y"}\n', "jsonl"),
        ('<?xml version="1.0" encoding="utf-16"?><rss>'.encode("utf-16-le"), "feed"),
        ('{"content": "x"}\n{"content": "y"}\n'.encode("utf-16-be"), "jsonl"),
        (b"", "text"),
    ],
)
def test_where_the_name_says_nothing_the_content_does(head, format):
    assert guess_format("dump.2026", head) == format


@pytest.mark.parametrize("head", [b"<" * 16000, b"<!DOCTYPE " * 1600, b"<!--" * 4000, b"<?" * 8000, b" " * 16000, b"{" * 16000])
def test_hostile_beginnings_take_no_time(head):
    assert guess_format("x", head) in ("html", "text", "json", "jsonl")
