"""When an article was published and changed, and the clue that says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from copydesk.assembly.date_lines import Dated
from copydesk.assembly.document import Document, Origination
from copydesk.fields.claims import Claim
from copydesk.fields.people.agencies import read_dated
from copydesk.fields.times.dates import Moment, parse_date
from copydesk.fields.times.figures import has_month_first
from copydesk.fields.times.markers import says_change
from copydesk.fields.times.newsroom_day import newsroom_day
from copydesk.fields.times.publication import MODIFIED, PUBLISHED, Reader, Times, read_times


def crawl_of(document: Document) -> Moment | None:
    """When the record was fetched, where its container says it."""
    return parse_date(document.crawl_date) if document.crawl_date else None


def times_of(document: Document, dated: Sequence[Dated], origin: Origination) -> Times:
    """Times from claims, from the document's dated lines and from its address."""
    crawled = crawl_of(document)
    lines = [d.text for d in dated]
    language = origin.language or next((stated[:2].lower() for stated in document.claimed("language")), None)
    reader = Reader(crawled, origin.zone, language, has_month_first(lines, document.url))
    elements = [Claim(MODIFIED if says_change(d.text) else PUBLISHED, d.datetime, "time") for d in dated if d.datetime]
    return read_times([*document.claims, *elements], lines, document.url, reader, read_dated(document.paragraphs))


def time_columns(times: Sequence[Times], zone: str) -> dict[str, list[Any]]:
    """The columns that say when; `zone` is the source's."""
    published = [found.published for found in times]
    return {
        "published_at": [moment and moment.at for moment in published],
        "newsroom_day": [moment and newsroom_day(moment, zone) for moment in published],
        "published_precision": [moment and moment.precision for moment in published],
        "published_zone": [moment and moment.zone for moment in published],
        "published_clue": [found.clue for found in times],
        "modified_at": [found.modified and found.modified.at for found in times],
    }
