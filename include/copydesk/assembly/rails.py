"""The rails that were cut, as data."""

from __future__ import annotations

from copydesk.assembly.document import Document
from copydesk.fields.rails import Line, Rail, read_rails
from copydesk.fields.urls import absolute

TEXT = "text/plain"


def rails(document: Document) -> list[Rail]:
    """Lists of links to other stories; in a page, lines without a link are none."""
    runs = (run for run in document.runs("rail") if document.row["media_type"] == TEXT or any(b.href for b in run))
    lines = ([Line(b.text, absolute(b.href, document.url) or b.href) for b in run] for run in runs)
    return [rail for run in lines for rail in read_rails(run)]
