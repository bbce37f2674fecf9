"""HTML: one page a file, of which a manifest may say more."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import Context
from copydesk.raw.documents import read_document
from copydesk.raw.mapping import add_stated
from copydesk.records import Record, Reject

MEDIA_TYPE = "text/html"


def read_html(stream: Decompressed, context: Context) -> Iterator[Record | Reject]:
    """The page of an HTML file."""
    pages = read_document(stream, context, MEDIA_TYPE)
    if not context.manifest:
        return pages
    row = context.manifest.row(context.path, context.member)
    return (add_stated(page, row, context.fields) if isinstance(page, Record) else page for page in pages)
