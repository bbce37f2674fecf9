"""What the pages are written with."""

from __future__ import annotations

from collections.abc import Iterable

NOTICE = "<!-- Written by `python -m copydesk.reference`; change the code it describes, then run that. -->"


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of cells, each on one line."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    """One line, with the sign that ends a cell escaped."""
    return " ".join(text.split()).replace("|", "\\|")
