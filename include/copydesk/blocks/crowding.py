"""How many blocks a document may become: each takes four kilobytes while it is labelled, whatever stands in it."""

from __future__ import annotations

from copydesk.blocks.openings import Openings

# Of 2,184 pages of gold sets none has more than 12,100 tags, and of their texts none 1,500 lines.
MAX_TAGS = 200_000
MAX_LINES = 100_000


class Crowded(ValueError):
    """More tags or lines than the limit: such a document is an attack, a table of data or a broken generator."""


def check_tags(openings: Openings) -> None:
    """Crowded where a page has too many tags."""
    _check(len(openings), MAX_TAGS, "tags")


def check_lines(text: bytes) -> None:
    """Crowded where a text has too many lines."""
    if len(text) > MAX_LINES:  # or it cannot have more, and they need not be counted
        _check(text.count(b"\n"), MAX_LINES, "lines")


def _check(found: int, most: int, what: str) -> None:
    if found > most:
        raise Crowded(f"{found} {what}, more than {most}; no article has so many, and no setting raises the limit")
