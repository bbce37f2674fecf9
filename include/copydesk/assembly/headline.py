"""What stands above an article's text: its title and standfirst."""

from __future__ import annotations

from typing import Any

from copydesk.assembly.document import Document
from copydesk.blocks.segment import host
from copydesk.fields.titles import pick_title


def headline(document: Document) -> dict[str, Any]:
    """Title and standfirst."""
    return {
        "title": pick_title(document.lines("title"), document.claims, host(document.url)),
        "standfirst": "\n".join(document.lines("standfirst")) or None,
    }
