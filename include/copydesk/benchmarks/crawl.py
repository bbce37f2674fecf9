"""A crawl of any size from the pages of gold sets: `python -m copydesk.benchmarks.crawl --data DIR --gigabytes 5 --out DIR`.

A web archive, gzip a record, in which each page stands many times, at another address each time, and without the address it calls its
own: else all were one article. The bodies are compressed once: the header of a record is put before them as it is, which gzip allows.
"""

from __future__ import annotations

import argparse
import re
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from copydesk.benchmarks.sets import find_sets

SOURCE, KEY = "crawled", "many-pages"
HEADER = bytes.fromhex("1f8b0800000000000003")  # of a gzip member without name and date
STORED_BLOCK = struct.Struct("<BHH")  # deflate: no compression, the length, and its complement
TRAILER = b"\r\n\r\n"  # behind a record
END = b"\x01\x00\x00\xff\xff"  # an empty last block
SOURCE_FILE = f"""name = "{SOURCE}"
raw = "{{key}}/*.warc.gz"
format = "warc"
[quality]  # the pages of a gold set are no day of a paper: they are old, and one stands here many times
max_quarantined_share = 1.0
max_duplicate_share = 1.0
"""
OWN_ADDRESS = re.compile(
    rb"""<link\b[^>]*\bcanonical\b[^>]*>|<meta\b[^>]*\bog:url\b[^>]*>|"mainEntityOfPage"\s*:\s*(?:"[^"]*"|\{[^{}]*\})\s*,?""",
    re.IGNORECASE,
)


class Body(NamedTuple):
    """A page as it was fetched, and the same as deflate blocks of which none is the last."""

    content: bytes
    deflated: bytes


def write_crawl(data: Path, size: int, out: Path) -> tuple[int, int]:
    """Write the archive and its source file; the records, and their bytes decompressed."""
    folder, sources = out / "raw" / KEY, out / "sources"
    for made in (folder, sources):
        made.mkdir(parents=True, exist_ok=True)
    (sources / f"{SOURCE}.toml").write_text(SOURCE_FILE, "utf-8")
    bodies = [_body(page) for page in _pages(data)]
    records = length = 0
    with (folder / "crawl.warc.gz").open("wb") as stored:
        while stored.tell() < size:
            member, plain = _member(records, bodies[records % len(bodies)])
            stored.write(member)
            records, length = records + 1, length + plain
    return records, length


def _pages(data: Path) -> Iterator[bytes]:
    """Every page of every set, but for what it says of its address."""
    for path in find_sets(data):
        pages = pq.read_table(path, columns=["html"])["html"].to_pylist()
        yield from (OWN_ADDRESS.sub(b"", page) for page in pages if page)


def _body(content: bytes) -> Body:
    deflater = zlib.compressobj(level=6, wbits=-zlib.MAX_WBITS)
    return Body(content, deflater.compress(content + TRAILER) + deflater.flush(zlib.Z_FULL_FLUSH))


def _member(number: int, body: Body) -> tuple[bytes, int]:
    """A record as a gzip member, and its length."""
    message = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body.content)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://site-{number % 97}.example/page-{number}\r\n"
        f"WARC-Date: 2026-11-03T00:00:00Z\r\nWARC-Record-ID: <urn:page:{number}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(message) + len(body.content)}\r\n\r\n"
    ).encode() + message
    checksum = zlib.crc32(TRAILER, zlib.crc32(body.content, zlib.crc32(head)))
    length = len(head) + len(body.content) + len(TRAILER)
    stored = STORED_BLOCK.pack(0, len(head), len(head) ^ 0xFFFF) + head
    tail = struct.pack("<II", checksum, length & 0xFFFFFFFF)
    return b"".join((HEADER, stored, body.deflated, END, tail)), length


def main(arguments: list[str] | None = None) -> int:
    """Write the archive and say how to ingest it."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks.crawl", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of gold sets")
    parser.add_argument("--gigabytes", type=float, required=True, help="as stored")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    given = parser.parse_args(arguments)
    records, length = write_crawl(given.data, round(given.gigabytes * 1e9), given.out)
    sys.stdout.write(f"{records:,} records, {length:,} bytes decompressed, under {given.out / 'raw' / KEY}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
