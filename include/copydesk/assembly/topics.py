"""What an article is about, as its page states."""

from __future__ import annotations

from typing import Any

from copydesk.assembly.document import Document
from copydesk.fields.folding import fold
from copydesk.fields.topics import list_tags, pick_section
from copydesk.fields.urls import host


def topics(document: Document) -> dict[str, Any]:
    """Section and tags, without the site's own name; a text states none."""
    if not document.claims:
        return {"section": None, "tags": []}
    sites = {fold(name) for name in (*document.claimed("site"), host(document.url))}
    return {
        "section": pick_section(document.claimed("section"), sites),
        "tags": list_tags(document.claimed("tags"), sites),
    }
