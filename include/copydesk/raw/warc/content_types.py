"""What a Content-Type says: which text it is, if any, in which charset, or what kind of thing is no text."""

from __future__ import annotations

import re

HTML, TEXT = "text/html", "text/plain"
TYPES = {HTML: HTML, "application/xhtml+xml": HTML, "application/vnd.wap.xhtml+xml": HTML, TEXT: TEXT}
# Servers that do not know say one of these; the content decides. A page as text/plain is a page.
VAGUE = {"", TEXT, "application/octet-stream", "binary/octet-stream", "unknown/unknown", "application/xml", "text/xml"}
FAMILIES = {"image", "audio", "video", "font"}
NAMED = {"css", "javascript", "json", "pdf", "xml", "zip"}
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE | re.ASCII)
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?xml[^>]*>|<!--(?:[^-]|-(?!->))*-->){0,20}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
SNIFFED_BYTES = 1024


def may_be_text(content_type: str) -> bool:
    """Whether `media_type` could find any in it."""
    stated = bare_type(content_type)
    return stated in TYPES or stated in VAGUE


def media_type(content_type: str, content: bytes) -> str | None:
    """text/html or text/plain; None for what is neither."""
    stated = bare_type(content_type)
    if stated in VAGUE and PAGE.match(content[:SNIFFED_BYTES]):
        return HTML
    return TYPES.get(stated)


def charset(content_type: str) -> str | None:
    """The charset a Content-Type names."""
    found = CHARSET.search(content_type)
    return found[1] if found else None


def kind(content_type: str) -> str:
    """What is not text, in one of a few words."""
    family, _, name = bare_type(content_type).partition("/")
    if family in FAMILIES:
        return family
    words = re.split(r"\W", name.removeprefix("x-"))
    return next((word for word in words if word in NAMED), "other type" if name else "no type")


def bare_type(content_type: str) -> str:
    """The type without its parameters."""
    return re.split(r"[;,]", content_type, maxsplit=1)[0].strip().lower()
