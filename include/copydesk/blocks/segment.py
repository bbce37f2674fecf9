"""Records → documents and blocks. After this step HTML and text are the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pyarrow as pa
from selectolax.lexbor import SelectolaxError

from copydesk.blocks.columns import document_table, page_blocks
from copydesk.blocks.depth import TooDeep, check_attributes, check_depth, check_formatting
from copydesk.blocks.html import Page, Picture, parse, read_items, read_page
from copydesk.blocks.table import Claim, Segmented
from copydesk.blocks.text import text_blocks
from copydesk.collector import without_collection
from copydesk.fields.given import given_claims
from copydesk.fields.structured import ITEMPROP, claims
from copydesk.fields.urls import host
from copydesk.raw.encodings.decoding import Decoded, Undecodable, decode
from copydesk.records import Reason, Record, Reject, Stage, origin_columns
from copydesk.sites.marks import mark_blocks
from copydesk.sites.verdict import NONE, Mark, RuleFailed, Verdict, consult

HTML = "text/html"

BATCH_LENGTH = 8 << 20  # bytes or characters; thirty pages: with more at once the memory grows, and nothing is faster

Row = dict[str, Any]


class Cut(NamedTuple):
    """A record's document, and what its blocks are made of."""

    document: Row
    content: Page | bytes  # of HTML, or of text
    marks: Sequence[Mark]


@without_collection
def segment(records: Iterable[Record | Reject], max_depth: int, group: str | None = None, day: str | None = None) -> Segmented:
    """Documents and blocks of `records`; `group` names what they share (a source), else each record's host does.

    `day` is when records were crawled that do not say it themselves: site rules hold from one day to another.
    """
    documents: list[Row] = []
    pages: list[tuple[int, Page]] = []
    texts: list[tuple[int, bytes]] = []
    rejects: dict[int, Reject] = {}
    marked: dict[int, Sequence[Mark]] = {}
    for position, record in enumerate(records):
        cut = record if isinstance(record, Reject) else _cut(record, max_depth, group, day)
        if isinstance(cut, Reject):
            rejects[position] = cut
            continue
        index = len(documents)
        documents.append(cut.document)
        if cut.marks:
            marked[index] = cut.marks
        if isinstance(cut.content, Page):
            pages.append((index, cut.content))
        else:
            texts.append((index, cut.content))
    return Segmented(document_table(documents), mark_blocks(_blocks(pages, texts), marked), rejects)


def _cut(record: Record, max_depth: int, group: str | None, day: str | None) -> Cut | Reject:
    """What becomes of one record; a reject where it cannot be read."""
    try:
        decoded = decode(record.content, record.media_type, record.charset)
        page, stated = _page(decoded.utf8, max_depth) if record.media_type == HTML else (None, [])
        verdict = _verdict(record, stated, decoded.utf8, day)
    except (Undecodable, TooDeep, SelectolaxError, RuleFailed) as error:
        return Reject(Stage.SEGMENT, _reason(error), str(error), record.origin, record.url)
    given = given_claims(record.given)
    document = _document(record, decoded, [*verdict.claims, *given, *stated], page.pictures if page else [], group)
    return Cut(document, page or decoded.utf8, verdict.marks)


def _reason(error: Exception) -> Reason:
    if isinstance(error, Undecodable):
        return Reason.UNDECODABLE
    if isinstance(error, RuleFailed):
        return Reason.RULE_FAILED
    return Reason.TOO_DEEP if isinstance(error, TooDeep) else Reason.UNPARSABLE


def _page(html: bytes, max_depth: int) -> tuple[Page, list[Claim]]:
    """A page, and what it says of itself."""
    check_attributes(html)
    check_depth(html, max_depth)
    check_formatting(html)
    tree = parse(html)
    stated = claims(tree, read_items(tree, ITEMPROP.keys()))
    return read_page(tree, max_depth), stated


def _verdict(record: Record, stated: Sequence[Claim], html: bytes, day: str | None) -> Verdict:
    """What the rule for the page's site says; a page of a dump without addresses is of the site it calls its own."""
    if record.media_type != HTML:
        return NONE
    addresses = (claim.value for claim in stated if claim.field == "canonical_url")
    return consult(host(record.url) or next(filter(None, map(host, addresses)), ""), record.crawl_date or day, html)


def _document(record: Record, decoded: Decoded, claimed: list[Claim], pictures: list[Picture], group: str | None) -> Row:
    return {
        "id": record.id,
        "url": record.url,
        "crawl_date": record.crawl_date,
        "media_type": record.media_type,
        "group": host(record.url) if group is None else group,
        "claims": claimed,
        "pictures": pictures,
        "notes": [f"decoded as {decoded.encoding}, repaired"] if decoded.repaired else [],
        **origin_columns(record.origin),
    }


def _blocks(pages: list[tuple[int, Page]], texts: list[tuple[int, bytes]]) -> pa.Table:
    """One blocks table in document order."""
    if pages and not texts:
        return page_blocks(pages)
    text = text_blocks(pa.array([t for _, t in texts], pa.string()), pa.array([i for i, _ in texts], pa.int32()))
    if not pages:
        return text
    html = page_blocks(pages)
    return pa.concat_tables([html, text]).sort_by([("document", "ascending"), ("ordinal", "ascending")]).combine_chunks()


def batches(items: Iterable[Record | Reject], size: int) -> Iterator[list[Record | Reject]]:
    """`items` in lists of `size`, fewer where they are large; a last, shorter one."""
    batch: list[Record | Reject] = []
    length = 0
    for item in items:
        batch.append(item)
        length += len(item.content) if isinstance(item, Record) else 0
        if len(batch) == size or length >= BATCH_LENGTH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch
