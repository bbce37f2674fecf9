"""What exports put below articles: index terms, dates of loading, numbers of documents, rights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from copydesk.blocks.exports.entries import Entry, fits, is_sentence
from copydesk.blocks.exports.labels import TEXT, expressions, read_label

MOST_LINES = 80  # looked at from the end
MOST_BETWEEN = 3  # lines without a label between two with one
OF_ARTICLE = frozenset({TEXT, "title", "author", "description", "sender"})  # a single line labelled so may be the article's own
MAX_CHARS = 250  # of a line of furniture


def read_tail(lines: Sequence[str], start: int) -> tuple[int, list[Entry]]:
    """The line with which the tail begins, not above `start`, and what its labels say; the end where there is none."""
    first, found = len(lines), list[Entry]()
    between = 0
    for at in range(len(lines) - 1, max(start, len(lines) - MOST_LINES) - 1, -1):
        line = lines[at].strip()
        if not line:
            continue
        told = read_label(lines[at])
        if is_furniture(line):
            first, between = at, 0
        elif told is not None and told.field is not None and fits(told):
            first, between = at, 0
            found.insert(0, Entry(told.field, told.label, at, at + 1, [told.value] if told.value else []))
        elif told is None or told.field is not None:
            between += 1
            if between > MOST_BETWEEN or (is_sentence(line) and not _is_labelled_above(lines, at)):
                break
    if len(found) == 1 and found[0].field in OF_ARTICLE:
        first = next((at for at in range(found[0].first + 1, len(lines)) if lines[at].strip()), len(lines))
        found = []
    return first, _with_values(found, lines)


def _is_labelled_above(lines: Sequence[str], at: int) -> bool:
    """Whether the line above is a label that stands alone, so that this is its value."""
    above = next((line for line in reversed(lines[:at]) if line.strip()), "")
    told = read_label(above)
    return told is not None and told.field not in (None, TEXT) and not told.value


def _with_values(entries: list[Entry], lines: Sequence[str]) -> list[Entry]:
    """With the lines below labels that stand alone."""
    edges = [*(entry.first for entry in entries), len(lines)]
    for entry, behind in zip(entries, edges[1:], strict=True):
        if not entry.values:
            entry.values += [
                line.strip() for line in lines[entry.first + 1 : behind] if line.strip() and not is_furniture(line.strip())
            ]
    return entries


def is_furniture(line: str) -> bool:
    """Whether the line is one that exports put around every article."""
    return len(line) <= MAX_CHARS and _furniture().fullmatch(line) is not None


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(expressions()), re.IGNORECASE)
