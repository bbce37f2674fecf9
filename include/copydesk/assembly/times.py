"""When an article was published and changed, and the clue that says so."""

from __future__ import annotations

from typing import Any

from copydesk.assembly.document import Document, Origination
from copydesk.blocks.table import Claim
from copydesk.fields.dates import parse_date
from copydesk.fields.publication import MODIFIED, PUBLISHED, Reader, Times, read_times, says_change


def times_of(document: Document, origin: Origination) -> Times:
    """Times from claims and date lines; a byline may carry the date too."""
    crawled = parse_date(document.row["crawl_date"]) if document.row["crawl_date"] else None
    reader = Reader(crawled.at if crawled else None, origin.zone, origin.language)
    dated = [b for b in document.blocks if b.label in ("date", "byline")]
    elements = [Claim(MODIFIED if says_change(b.text) else PUBLISHED, b.datetime, "time") for b in dated if b.datetime]
    lines = [b.text for b in sorted(dated, key=lambda b: b.label == "byline")]
    return read_times([*document.claims, *elements], lines, document.url, reader)


def time_columns(times: Times) -> dict[str, Any]:
    """The columns that say when."""
    published = times.published
    return {
        "published_at": published.at if published else None,
        "published_precision": published.precision if published else None,
        "published_zone": published.zone if published else None,
        "published_clue": times.clue,
        "modified_at": times.modified.at if times.modified else None,
    }
