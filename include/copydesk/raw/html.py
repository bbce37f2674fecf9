"""HTML: one page a file, of which a manifest may say more."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import Context
from copydesk.raw.documents import read_document
from copydesk.raw.mapping import add_stated
from copydesk.records import Record, Reject


def read_html(stream: Decompressed, context: Context) -> Iterator[Record | Reject]:
    """The page of an HTML file."""
    row = context.manifest.row(context.path, context.member) if context.manifest else {}
    for item in read_document(stream, context, "text/html"):
        yield add_stated(item, row, context.fields) if isinstance(item, Record) else item
