"""Web archives as tests want them, and what is read of them."""

from __future__ import annotations

import gzip
import io

import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from copydesk.raw.compression.stream import State, decompress
from copydesk.raw.context import Context
from copydesk.raw.warc.reader import read_warc
from copydesk.records import Record, Reject
from copydesk.sources.record import RecordFields

LIMIT = 200_000
PAGE = "<html><body><h1>Harbour reopens</h1><p>" + "The ferry came back on Tuesday, and the town with it. " * 12
HTML = [("Content-Type", "text/html; charset=utf-8")]


class Writer(WARCWriter):
    """warcio's writer, without the temporary files that it leaves open."""

    _create_temp_file = staticmethod(io.BytesIO)


def read(stored: bytes, limit: int = LIMIT) -> tuple[list, State]:
    stream = decompress(io.BytesIO(stored), 200)
    items = list(read_warc(stream, Context("file:///a.warc", "a.warc", RecordFields(), limit, 200, 1 << 30)))
    return items, stream.ending.state


def records(stored: bytes) -> list[Record]:
    return [item for item in read(stored)[0] if isinstance(item, Record)]


def rejects(stored: bytes, limit: int = LIMIT) -> list[Reject]:
    return [item for item in read(stored, limit)[0] if isinstance(item, Reject)]


def member(
    body: bytes = PAGE.encode(),
    *,
    status: str = "200 OK",
    headers: list[tuple[str, str]] = HTML,
    kind: str = "response",
    url: str = "https://coast.example/harbour",
    warc: dict[str, str] | None = None,
) -> bytes:
    """One record, uncompressed, as warcio writes it."""
    out = io.BytesIO()
    writer = Writer(out, gzip=False)
    http = StatusAndHeaders(status, headers, protocol="HTTP/1.1") if kind in ("response", "revisit") else None
    if kind == "request":
        http = StatusAndHeaders("GET / HTTP/1.1", [("Host", "coast.example")], is_http_request=True)
    type_ = None if http else dict(headers).get("Content-Type", "")
    stated = {"WARC-Date": "2024-05-01T10:00:00Z", **(warc or {})}
    record = writer.create_warc_record(
        url, kind, io.BytesIO(body), warc_headers_dict=stated, http_headers=http, warc_content_type=type_
    )
    writer.write_record(record)
    return out.getvalue()


def by_hand(block: bytes, length: int | str | None = None, **fields: str) -> bytes:
    """One record of any bytes, with a Content-Length of any kind."""
    named = {"WARC_Type": "response", "WARC_Target_URI": "https://coast.example/by-hand", **fields}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in named.items()]
    lines.append(f"Content-Length: {len(block) if length is None else length}")
    return b"WARC/1.0\r\n" + "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(body: bytes = PAGE.encode(), headers: str = "Content-Type: text/html") -> bytes:
    return f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body


def stories(count: int = 3) -> list[bytes]:
    return [member(f"{PAGE} {number}".encode(), url=f"https://coast.example/{number}") for number in range(count)]


def numbers(items: list) -> list[str]:
    return [item.url[-1] for item in items if isinstance(item, Record)]


def starts(members: list[bytes]) -> list[int]:
    return [sum(map(len, members[:count])) for count in range(len(members))]


PACKED = {
    "plain": lambda parts: parts,
    "gzip": lambda parts: [gzip.compress(part) for part in parts],
    "zstd": lambda parts: [zstandard.compress(part) for part in parts],
}
packed = pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
