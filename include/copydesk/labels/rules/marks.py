"""Expressions of which each is known by how it starts: rows of `starts` and a `rest` in the tables of rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


class Marks(NamedTuple):
    """As `which_hold` takes them."""

    starts: tuple[str, ...]  # letters and signs as they stand
    pattern: str  # any of them, and what must follow it


def marks_of(rows: Iterable[Mapping[str, Any]]) -> Marks:
    """All rows as one question."""
    pairs = [(start, re.escape(start) + row["rest"]) for row in rows for start in row["starts"]]
    return Marks(tuple(start for start, _ in pairs), "|".join(pattern for _, pattern in pairs))
