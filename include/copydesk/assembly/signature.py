"""Who wrote an article: people, and the agency apart from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from copydesk.assembly.document import Document
from copydesk.fields.agencies import agency_in_brackets, read_dateline
from copydesk.fields.people import parse_byline, people, signed_parts


def signature(document: Document, paragraphs: Sequence[str]) -> dict[str, Any]:
    """People who signed, and the agency; a date line may carry the byline too."""
    lines = document.lines("byline") + [part for line in document.lines("date") for part in signed_parts(line)]
    stated = document.claimed("author")
    dateline = read_dateline(paragraphs)
    agencies = [*(parse_byline(line).agency for line in (*lines, *stated)), agency_in_brackets(dateline or "")]
    return {
        "authors": list(people(stated) or people(lines)),
        "agency": next((name for name in agencies if name), None),
        "dateline": dateline,
    }
