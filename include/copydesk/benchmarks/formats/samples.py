"""A small file of invented documents in each format that has a reader."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from textwrap import wrap

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.benchmarks.invention import Page, invent

DOCUMENTS = 20  # in a file of a format that holds many
BOMB_BYTES = 256 << 20
BOMB_CELLS = 8  # in one row group
ROWS_A_GROUP = 5

Sample = Callable[[Sequence[Page]], bytes]


def pages(count: int = DOCUMENTS) -> list[Page]:
    """Invented articles, the same every time."""
    return list(invent(range(count), count, 0, datetime(2026, 11, 1, tzinfo=UTC), timedelta(days=3)))


def _html(page: Page) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in page.paragraphs)
    return f"<!DOCTYPE html><html><body><article><h1>{escape(page.title)}</h1>{paragraphs}</article></body></html>"


def _text_file(pages: Sequence[Page]) -> bytes:
    return pages[0].text.encode()


def _html_file(pages: Sequence[Page]) -> bytes:
    return _html(pages[0]).encode()


def _rows(pages: Sequence[Page]) -> list[dict[str, str]]:
    return [{"url": page.url, "content": _html(page)} for page in pages]


def _jsonl(pages: Sequence[Page]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in _rows(pages)).encode()


def _json(pages: Sequence[Page]) -> bytes:
    return json.dumps(_rows(pages)).encode()


def _csv(pages: Sequence[Page]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["url", "content"])
    writer.writeheader()
    writer.writerows(_rows(pages))
    return text.getvalue().encode()


def _parquet(pages: Sequence[Page]) -> bytes:
    return _stored(pa.Table.from_pylist(_rows(pages)))


def _parquet_bomb(pages: Sequence[Page]) -> bytes:
    """Blanks inside, where compression is part of the format."""
    blanks = [{"url": "", "content": " " * (BOMB_BYTES // BOMB_CELLS)}] * BOMB_CELLS
    return _stored(pa.Table.from_pylist([*_rows(pages), *blanks]), len(pages) + BOMB_CELLS)


def _stored(table: pa.Table, rows_a_group: int = ROWS_A_GROUP) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, row_group_size=rows_a_group, compression="zstd")
    return sink.getvalue()


def _warc(pages: Sequence[Page]) -> bytes:
    return b"".join(map(_response, pages))


def _response(page: Page) -> bytes:
    body = _html(page).encode()
    message = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {page.url}\r\nWARC-Date: {page.published_at:%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"WARC-Record-ID: <{page.url}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(message)}\r\n\r\n"
    )
    return head.encode() + message + b"\r\n\r\n"


def _ninjs(pages: Sequence[Page]) -> bytes:
    items = [
        {
            "uri": page.url,
            "type": "text",
            "headline": page.title,
            "versioncreated": page.published_at.isoformat(),
            "body_html": "".join(f"<p>{escape(text)}</p>" for text in page.paragraphs),
        }
        for page in pages
    ]
    return json.dumps(items).encode()


def _nitf(pages: Sequence[Page]) -> bytes:
    page = pages[0]
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in page.paragraphs)
    head = f'<head><docdata><doc-id id-string="{escape(page.url)}"/></docdata></head>'
    title = f"<body.head><hedline><hl1>{escape(page.title)}</hl1></hedline></body.head>"
    return f"<nitf>{head}<body>{title}<body.content>{paragraphs}</body.content></body></nitf>".encode()


def _newsml(pages: Sequence[Page]) -> bytes:
    items = "".join(f"<itemSet>{_news_item(page)}</itemSet>" for page in pages)
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/>{items}</newsMessage>'.encode()


def _news_item(page: Page) -> str:
    meta = '<itemMeta><itemClass qcode="ninat:text"/><pubStatus qcode="stat:usable"/></itemMeta>'
    html = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{"".join(f"<p>{escape(text)}</p>" for text in page.paragraphs)}</body></html>'
    content = f'<inlineXML contenttype="application/xhtml+xml">{html}</inlineXML>'
    headline = f"<contentMeta><headline>{escape(page.title)}</headline></contentMeta>"
    return f'<newsItem guid="{escape(page.url)}" version="1">{meta}{headline}<contentSet>{content}</contentSet></newsItem>'


def _iptc7901(pages: Sequence[Page]) -> bytes:
    return b"".join(
        b"\x01tid%04d 4 pl 120\r\nHarbours/Ferries\r\n\x02%b=\r\n%b\r\n\x03\r\n%b\r\n\x04"
        % (n, page.title.encode(), _set(page), f"{page.published_at:%d%H%M GMT %b %y}".encode())
        for n, page in enumerate(pages)
    )


def _set(page: Page) -> bytes:
    """The paragraphs as a wire sets them: indented, in short lines."""
    return "\r\n".join("\r\n".join(wrap(text, 69, initial_indent="   ")) for text in page.paragraphs).encode()


def _feed(pages: Sequence[Page]) -> bytes:
    items = "".join(
        f"<item><title>{escape(page.title)}</title><link>{escape(page.url)}</link>"
        f"<content:encoded>{escape(_html(page))}</content:encoded></item>"
        for page in pages
    )
    namespace = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {namespace}><channel><title>Invented</title>{items}</channel></rss>'.encode()


SAMPLES: dict[str, Sample] = {
    "text": _text_file,
    "html": _html_file,
    "jsonl": _jsonl,
    "json": _json,
    "csv": _csv,
    "parquet": _parquet,
    "warc": _warc,
    "ninjs": _ninjs,
    "nitf": _nitf,
    "newsml": _newsml,
    "iptc7901": _iptc7901,
    "feed": _feed,
}
BOMBS: dict[str, Sample] = {"parquet": _parquet_bomb}  # formats that are compressed themselves
