"""What people call pages and plain texts, where they say of a content what it is."""

from __future__ import annotations

MEDIA_TYPES = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "html": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/plain",  # which texts are read as, where they look like it
    "text": "text/plain",
    "plain": "text/plain",
}


def media_type_of(stated: str) -> str | None:
    """The one of the two that is meant, whatever is said behind a semicolon; None where neither is."""
    return MEDIA_TYPES.get(stated.partition(";")[0].strip().lower())
