"""HTML: one page a file."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.raw.compression import Decompressed
from copydesk.raw.context import Context
from copydesk.raw.documents import read_document
from copydesk.records import Record, Reject


def read_html(stream: Decompressed, context: Context) -> Iterator[Record | Reject]:
    """The page of an HTML file."""
    return read_document(stream, context, "text/html")
