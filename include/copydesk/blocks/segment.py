"""Records → documents and blocks. After this step HTML and text are the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from copydesk.blocks.html import TooDeep, walk
from copydesk.blocks.table import BLOCKS, DOCUMENTS, Claim, Segmented, origin_row
from copydesk.blocks.text import ordinals, text_blocks
from copydesk.fields.structured import claims
from copydesk.raw.decoding import Decoded, Undecodable, decode
from copydesk.records import Reason, Record, Reject, Stage

Row = dict[str, Any]


def segment(records: Iterable[Record | Reject], max_depth: int, group: str | None = None) -> Segmented:
    """Documents and blocks of `records`; `group` names what they share (a source), else each record's host does."""
    documents: list[Row] = []
    pages: list[tuple[int, list[Row]]] = []
    texts: list[tuple[int, str]] = []
    rejects: list[Reject] = []
    for record in records:
        if isinstance(record, Reject):
            rejects.append(record)
            continue
        try:
            decoded = decode(record.content, record.media_type)
            row, blocks = _page(decoded, max_depth) if record.media_type == "text/html" else ({}, None)
        except (Undecodable, TooDeep, SelectolaxError) as error:
            rejects.append(_reject(record, error))
            continue
        index = len(documents)
        documents.append(_document(record, decoded, row, group))
        if blocks is None:
            texts.append((index, decoded.text))
        else:
            pages.append((index, blocks))
    return Segmented(pa.Table.from_pylist(documents, DOCUMENTS), _blocks(pages, texts), rejects)


def _page(decoded: Decoded, max_depth: int) -> tuple[Row, list[Row]]:
    tree = LexborHTMLParser(decoded.text)
    found = walk(tree, max_depth)
    row: Row = {
        "claims": [c._asdict() for c in claims(tree, found.items)],
        "pictures": [p._asdict() for p in found.pictures],
    }
    return row, [b._asdict() for b in found.blocks]


def _document(record: Record, decoded: Decoded, page: Row, group: str | None) -> Row:
    given = [Claim(name, value, "given")._asdict() for name, value in record.given.items()]
    return {
        "id": record.id,
        "url": record.url,
        "crawl_date": record.crawl_date,
        "media_type": record.media_type,
        "group": host(record.url) if group is None else group,
        "claims": [*given, *page.get("claims", [])],
        "pictures": page.get("pictures", []),
        "notes": [f"decoded as {decoded.encoding}, repaired"] if decoded.repaired else [],
        "origin": origin_row(record.origin),
    }


def _blocks(pages: list[tuple[int, list[Row]]], texts: list[tuple[int, str]]) -> pa.Table:
    """One blocks table in document order."""
    rows = [{"document": index, **block} for index, blocks in pages for block in blocks]
    html = pa.Table.from_pylist(rows, BLOCKS)
    html = html.set_column(1, "ordinal", ordinals(html["document"].combine_chunks()))
    text = text_blocks(pa.array([t for _, t in texts], pa.string()), pa.array([i for i, _ in texts], pa.int32()))
    if not texts or not pages:
        return text if texts else html
    return pa.concat_tables([html, text]).sort_by([("document", "ascending"), ("ordinal", "ascending")]).combine_chunks()


def host(url: str | None) -> str:
    """The host of `url` without `www.`, or nothing."""
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


def _reject(record: Record, error: Exception) -> Reject:
    reason = Reason.TOO_DEEP if isinstance(error, TooDeep) else Reason.UNDECODABLE
    if isinstance(error, SelectolaxError):
        reason = Reason.UNPARSABLE
    return Reject(Stage.SEGMENT, reason, str(error), record.origin, record.url)


def batches(items: Iterable[Record | Reject], size: int) -> Iterator[list[Record | Reject]]:
    """`items` in lists of `size`; a last, shorter one."""
    batch: list[Record | Reject] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
