"""The headline, without the site's name or section around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.blocks.table import Claim

SEPARATOR = re.compile(r"\s+(?:[|–—·•»:]+|-{1,2})\s+|\s+\|\|?\s*")
TRUST = {"given": 0, "jsonld": 1, "meta": 2, "microdata": 3, "head": 4}
MIN_SHARE = 0.4  # of the stated title; a shorter first part is more likely the section than the headline


def pick_title(seen: Sequence[str], claims: Sequence[Claim]) -> str | None:
    """The title among the lines labelled so (`seen`, in order) and what the page states."""
    stated = [strip_site(c.value, claims) for c in sorted((c for c in claims if c.field == "title"), key=lambda c: TRUST.get(c.clue, 9))]
    for line in seen:  # what readers see, where a claim bears it out
        if any(_agree(line, title) for title in stated):
            return line
    if stated:
        return stated[0]
    return seen[0] if seen else None


def strip_site(title: str, claims: Sequence[Claim]) -> str:
    """`Headline | Section | Site` → `Headline`."""
    title = " ".join(title.split())
    sites = {fold(c.value) for c in claims if c.field == "site"}
    parts = SEPARATOR.split(title)
    while len(parts) > 1 and (fold(parts[-1]) in sites or len(parts[0]) >= MIN_SHARE * len(title)):
        title = title[: title.rindex(parts[-1])].rstrip(" |–—·•»:-")
        parts = parts[:-1]
    return title


def _agree(line: str, title: str) -> bool:
    """Whether they are one headline, give or take what a page adds to its own."""
    a, b = fold(line), fold(title)
    return bool(a) and (a == b or (len(a) > 12 and len(b) > 12 and (a in b or b in a)))


def fold(text: str) -> str:
    """Letters and figures only, in lower case."""
    return "".join(c for c in text.casefold() if c.isalnum())
