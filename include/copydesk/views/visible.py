"""Hostile text made harmless to look at: what would be invisible is pictured, what is long is cut, what is no web address is no link."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

# They turn the order of letters round, or hide them: a name that reads `moc.knab` may be written `bank.com`.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
SPACES = re.compile(r"[\s\x00-\x20]")
MAX_ADDRESS = 2000  # characters; browsers take no more of one


class Address(NamedTuple):
    """An address as text, and as a link where it is one of the web."""

    text: str
    link: str | None


def visible(text: str | None, characters: int | None = None) -> str:
    """The text with each hidden character pictured by its number, and no more of it than so many characters."""
    text = text or ""
    cut = text if characters is None or len(text) <= characters else f"{text[:characters]}…"
    return HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", cut)


def address(url: str | None) -> Address | None:
    """What is shown of an address; anything but a plain web address, `javascript:` above all, is text and no link."""
    if not url:
        return None
    return Address(visible(url, MAX_ADDRESS), url if _is_of_the_web(url) else None)


def _is_of_the_web(url: str) -> bool:
    if len(url) > MAX_ADDRESS or HIDDEN.search(url) or SPACES.search(url) or "\\" in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:  # such as a bracket that opens no IPv6 address
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
