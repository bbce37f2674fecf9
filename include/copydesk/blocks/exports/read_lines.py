"""Lines that were read by their labels: what each counts as, and why it is not in the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from copydesk.blocks.exports.entries import Entry
from copydesk.blocks.exports.labels import TEXT, UNREAD

LABELS = {  # of blocks, by what the line says
    "title": "title",
    "author": "byline",
    "sender": "byline",
    "published_at": "date",
    "modified_at": "date",
    "description": "standfirst",
    "caption": "caption",
}
OTHER = "boilerplate"
REASONS = {
    "title": "labelled as the title",
    "author": "labelled as who wrote it",
    "sender": "labelled as who sent it",
    "published_at": "labelled as the date",
    "modified_at": "labelled as the date of a change",
    "description": "labelled as the summary",
    "caption": "labelled as of a picture",
    "section": "labelled as the section",
    "tags": "labelled as topics",
    "subject": "labelled as the subject",
    "site": "labelled as the paper",
    "source": "labelled as the source",
    "info": "labelled as where it was published",
    "canonical_url": "labelled as the address",
    "loaded": "labelled as the date of a database",
    TEXT: "a label above the text",
    UNREAD: "among labelled lines above or below the article",
}


class ReadLine(NamedTuple):
    """A line that was read by its label, and is no block."""

    text: str
    label: str
    reason: str


def read_line(text: str, field: str) -> ReadLine:
    """The line as what its label says."""
    return ReadLine(text.strip(), LABELS.get(field, OTHER), REASONS[field])


def read_lines(lines: Sequence[str], span: range, entries: Iterable[Entry]) -> Iterator[ReadLine]:
    """The lines of `span` that are not blank, those of entries as what these say."""
    fields = {at: entry.field for entry in entries for at in range(entry.first, entry.last)}
    return (read_line(lines[at], fields.get(at, UNREAD)) for at in span if lines[at].strip())
