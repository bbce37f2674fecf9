"""What an article is about, as its page states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from copydesk.assembly.document import Document
from copydesk.fields.folding import fold
from copydesk.fields.topics import list_tags, pick_section
from copydesk.fields.urls import host


class Topics(NamedTuple):
    """Section and tags."""

    section: str | None
    tags: Sequence[str]


def topics(document: Document) -> Topics:
    """What the page states, without the site's own name; a text states none."""
    if not document.claims:
        return Topics(None, ())
    sites = {fold(name) for name in (*document.claimed("site"), host(document.url))}
    return Topics(pick_section(document.claimed("section"), sites), list_tags(document.claimed("tags"), sites))
