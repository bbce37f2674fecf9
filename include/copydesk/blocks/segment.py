"""Records → documents and blocks. After this step HTML and text are the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pyarrow as pa
from selectolax.lexbor import SelectolaxError

from copydesk.blocks.columns import document_table, page_blocks
from copydesk.blocks.conversions.reading import read_conversion
from copydesk.blocks.crowding import Crowded, check_lines, check_tags
from copydesk.blocks.depth import TooDeep, check_attributes, check_depth, check_formatting, too_deep
from copydesk.blocks.exports.claiming import believed
from copydesk.blocks.exports.numbering import numbered
from copydesk.blocks.exports.reading import Export, read_export, with_taken
from copydesk.blocks.html import parse, part_headings, read_items, read_page
from copydesk.blocks.markdown import plain
from copydesk.blocks.mistaken import as_it_is
from copydesk.blocks.openings import Openings
from copydesk.blocks.pages import Pages, read_pages
from copydesk.blocks.stated_text import with_stated_text
from copydesk.blocks.subtitles import read_subtitles
from copydesk.blocks.table import Segmented
from copydesk.blocks.text import text_blocks
from copydesk.blocks.wrapped import unwrapped
from copydesk.fields.claims import Claim
from copydesk.fields.given import edition_claims, given_claims
from copydesk.fields.stated.structured import ITEMPROP, claims
from copydesk.fields.urls import host
from copydesk.processes.collector import without_collection
from copydesk.raw.encodings.decoding import Decoded, Undecodable, decode
from copydesk.raw.encodings.references import without_references
from copydesk.records import Reason, Record, Reject, Stage, origin_columns
from copydesk.sites.marks import mark_blocks
from copydesk.sites.verdict import NONE, Mark, RuleFailed, Verdict, consult

HTML = "text/html"
PAGE = re.compile(rb"<(?:!doctype|html|head|body|frameset)[\s/>]", re.IGNORECASE)  # what a fragment has none of

BATCH_LENGTH = 8 << 20  # bytes or characters, some thirty pages: more at once take more memory and are no faster

Row = dict[str, Any]
# What blocks are made of, what the document says of itself, what was read by labels.
Inside = tuple[bytes, list[Claim], Export | None]


class Cut(NamedTuple):
    """A record's document, and what its blocks are made of."""

    record: Record
    document: Row
    content: bytes  # the inside of a page's body, or a text
    marks: Sequence[Mark]
    export: Export | None = None  # what stood around a text

    @property
    def is_page(self) -> bool:
        """Whether the content is HTML."""
        return self.record.media_type == HTML


@without_collection
def segment(records: Iterable[Record | Reject], max_depth: int, group: str | None = None, day: str | None = None) -> Segmented:
    """Documents and blocks of `records`; `group` names what they share (a source), else each record's host does.

    `day` is when records were crawled that do not say it themselves: site rules hold from one day to another.
    """
    cuts: dict[int, Cut] = {}
    rejects: dict[int, Reject] = {}
    for position, record in enumerate(records):
        cut = record if isinstance(record, Reject) else _cut(record, max_depth, group, day)
        if isinstance(cut, Reject):
            rejects[position] = cut
        else:
            cuts[position] = cut
    pages = _pages(cuts, rejects, max_depth)
    found = list(cuts.values())
    marked = {index: cut.marks for index, cut in enumerate(found) if cut.marks}
    blocks = mark_blocks(_blocks(found, pages), marked)
    if exports := {index: cut.export for index, cut in enumerate(found) if cut.export}:
        blocks, read = numbered(blocks, exports)
        for index, lines in read.items():
            found[index].document["read_lines"] = lines
    return Segmented(document_table([cut.document for cut in found]), blocks, rejects)


def _pages(cuts: dict[int, Cut], rejects: dict[int, Reject], max_depth: int) -> Pages | None:
    """The pages among `cuts`, with their pictures noted; those that are too deep become rejects, and the others are read again."""
    places = [position for position, cut in cuts.items() if cut.is_page]
    if not places:
        return None
    pages = read_pages([cuts[position].content for position in places])
    deep = [position for position, depth in zip(places, pages.depths.tolist(), strict=True) if depth > max_depth]
    for position in deep:
        rejects[position] = _reject(cuts.pop(position).record, too_deep(max_depth))
    if deep:
        return _pages(cuts, rejects, max_depth)
    for position, pictures in zip(places, pages.pictures, strict=True):
        cuts[position].document["pictures"] = pictures
    return pages


def _cut(record: Record, max_depth: int, group: str | None, day: str | None) -> Cut | Reject:
    """What becomes of one record; a reject where it cannot be read."""
    try:
        decoded = decode(record.content, record.media_type, record.charset, keeps_feeds=record.media_type != HTML)
        decoded, media_type, note = as_it_is(decoded, record.media_type)
        record = record if media_type == record.media_type else replace(record, media_type=media_type)
        decoded = decoded if record.media_type == HTML else without_references(decoded)
        body, stated, export = _page(decoded.utf8, max_depth) if record.media_type == HTML else _text(decoded.utf8, record)
        verdict = _verdict(record, stated, decoded.utf8, day)
    except (Undecodable, Crowded, TooDeep, SelectolaxError, RuleFailed) as error:
        return _reject(record, error)
    claimed = [*verdict.claims, *given_claims(record.given), *edition_claims(record.edition), *stated]
    return Cut(record, _document(record, decoded, note, claimed, group), body, verdict.marks, export)


def _reject(record: Record, error: Exception) -> Reject:
    return Reject(Stage.SEGMENT, _reason(error), str(error), record.origin, record.url)


def _reason(error: Exception) -> Reason:
    if isinstance(error, Undecodable):
        return Reason.UNDECODABLE
    if isinstance(error, RuleFailed):
        return Reason.RULE_FAILED
    if isinstance(error, Crowded):
        return Reason.TOO_LARGE
    return Reason.TOO_DEEP if isinstance(error, TooDeep) else Reason.UNPARSABLE


def _text(text: bytes, record: Record) -> Inside:
    """The article of a text, and what its labelled lines say of it."""
    check_lines(text)
    text, taken = read_conversion(text)
    export = read_export(text)
    article, stated = (export.article, believed(export.claims, record.given, record.url)) if export else (text, [])
    return plain(read_subtitles(article)), stated, with_taken(export, taken)


def _page(html: bytes, max_depth: int) -> Inside:
    """The inside of a page's body, and what it says of itself."""
    openings = unwrapped(Openings(html))
    check_tags(openings)
    check_attributes(openings)
    check_depth(openings, max_depth)
    check_formatting(openings)
    page = parse(openings.html, openings)
    part_headings(page)
    stated = claims(page, read_items(page, ITEMPROP.keys()))
    return with_stated_text(read_page(page), stated), stated, None


def _verdict(record: Record, stated: Sequence[Claim], html: bytes, day: str | None) -> Verdict:
    """What the rule for the page's site says; a page of a dump without addresses is of the site it calls its own."""
    if record.media_type != HTML:
        return NONE
    addresses = (claim.value for claim in stated if claim.field == "canonical_url")
    return consult(host(record.url) or next(filter(None, map(host, addresses)), ""), record.crawl_date or day, html)


def _notes(decoded: Decoded, note: str) -> list[str]:
    """What the content is where it was called something else, and how bytes became text where they were not plain UTF-8."""
    found = [note] if note else []
    found += [f"decoded as {decoded.encoding}"] if decoded.encoding != "utf-8" or decoded.repaired else []
    found += ["repaired"] if decoded.repaired else []
    return [*found, f"{decoded.replaced} characters scrubbed or replaced"] if decoded.replaced else found


def _document(record: Record, decoded: Decoded, note: str, claimed: list[Claim], group: str | None) -> Row:
    return {
        "id": record.id,
        "url": record.url,
        "crawl_date": record.crawl_date,
        "media_type": record.media_type,
        "group": host(record.url) if group is None else group,
        "claims": claimed,
        "pictures": [],
        "read_lines": [],
        "is_fragment": record.media_type == HTML and not PAGE.search(decoded.utf8),
        "notes": _notes(decoded, note),
        **origin_columns(record.origin),
    }


def _blocks(cuts: Sequence[Cut], pages: Pages | None) -> pa.Table:
    """One blocks table in document order."""
    of_pages = [index for index, cut in enumerate(cuts) if cut.is_page]
    of_texts = [index for index, cut in enumerate(cuts) if not cut.is_page]
    if pages and not of_texts:
        return page_blocks(of_pages, pages)
    contents = pa.array([cuts[index].content for index in of_texts], pa.binary()).view(pa.string())  # UTF-8, or it were no cut
    text = text_blocks(contents, pa.array(of_texts, pa.int32()))
    if not pages:
        return text
    html = page_blocks(of_pages, pages)
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
