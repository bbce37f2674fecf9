"""The section and the tags of an article, out of what its page states."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from copydesk.fields.folding import fold

SEPARATOR = re.compile(r"[,;|\n]")
# Identifiers, numbers, addresses, and what steers a page: `RULES:FRONT-PAGE`, `package-112600`.
MACHINE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{20,}|[\W\d_]*|[@#_].*|.*://.*|\w+:[^\s\d]\S*|[a-z_-]+[-_]\d{5,}", re.IGNORECASE)
MAX_CHARS = 100
MAX_TAGS = 100


def pick_section(stated: Iterable[str], sites: Collection[str]) -> str | None:
    """The first part of the site that is named, if it is not the site itself."""
    return next(_names(stated, sites), None)


def list_tags(stated: Iterable[str], sites: Collection[str]) -> list[str]:
    """Keywords, each once however it is written, without the site's own name; meta tags put many into one string."""
    tags: dict[str, str] = {}
    for tag in _names(stated, sites):
        tags.setdefault(fold(tag), tag)
        if len(tags) == MAX_TAGS:
            break
    return list(tags.values())


def _names(stated: Iterable[str], sites: Collection[str]) -> Iterator[str]:
    parts = (part.strip() for value in stated for part in SEPARATOR.split(value))
    return (part for part in parts if len(part) <= MAX_CHARS and not MACHINE.fullmatch(part) and fold(part) not in sites)
