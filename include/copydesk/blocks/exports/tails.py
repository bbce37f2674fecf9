"""What exports put below articles: index terms, dates of loading, numbers of documents, rights."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from itertools import takewhile

from copydesk.blocks.exports.entries import Entry, ends_as_sentence, fits, is_sentence
from copydesk.blocks.exports.labels import TEXT, UNREAD, expressions, read_label

MOST_LINES = 80  # looked at from the end
MOST_BETWEEN = 3  # lines without a label between two with one
OF_ARTICLE = frozenset({TEXT, "title", "author", "description", "sender"})  # a single line labelled so may be the article's own
OF_DATABASES = frozenset({UNREAD, "loaded", "tags"})  # which articles do not say of themselves
MAX_CHARS = 250  # of a line of furniture


def read_tail(lines: Sequence[str], start: int, said: Collection[str]) -> tuple[int, list[Entry]]:
    """The line with which the tail begins, not above `start`, and what its labels say; the end where there is none.

    `said` are the fields that the head gives: a single line below that says one of them again may be the article's own.
    """
    furniture, found = _looked_through(lines, start)
    if len(found) == 1 and found[0].field in OF_ARTICLE.union(said) - OF_DATABASES:
        furniture, found = [at for at in furniture if at > found[0].first], []
    first = min([*furniture, *(entry.first for entry in found)], default=len(lines))
    return first, _with_values(found, lines)


def _looked_through(lines: Sequence[str], start: int) -> tuple[list[int], list[Entry]]:
    """The lines of furniture and those with labels, from the end up to what is the article's."""
    furniture, found = list[int](), list[Entry]()
    between = 0
    for at in range(len(lines) - 1, max(start, len(lines) - MOST_LINES) - 1, -1):
        line = lines[at].strip()
        if not line:
            continue
        told = read_label(lines[at])
        if is_furniture(line):
            furniture.append(at)
            between = 0
        elif told is not None and told.field is not None and fits(told):
            found.insert(0, Entry(told.field, told.label, at, at + 1, [told.value] if told.value else []))
            between = 0
        else:
            is_other = told is not None and told.field is None  # a label that is not known, or a voice of an interview
            between += not is_other
            is_over = ends_as_sentence(line) if is_other else is_sentence(line)
            if between > MOST_BETWEEN or (is_over and not _is_labelled_above(lines, at)):
                break
    return furniture, found


def _is_labelled_above(lines: Sequence[str], at: int) -> bool:
    """Whether the line above is a label that stands alone, so that this is its value."""
    above = next((lines[place] for place in range(at - 1, -1, -1) if lines[place].strip()), "")
    told = read_label(above)
    return told is not None and told.field not in (None, TEXT) and not told.value


def _with_values(entries: list[Entry], lines: Sequence[str]) -> list[Entry]:
    """With the lines below labels that stand alone, up to one of furniture."""
    edges = [*(entry.first for entry in entries), len(lines)]
    for entry, behind in zip(entries, edges[1:], strict=True):
        if not entry.values:
            below = takewhile(lambda at: not is_furniture(lines[at].strip()), range(entry.last, behind))
            own = [at for at in below if lines[at].strip()]
            entry.values += [lines[at].strip() for at in own]
            entry.last = own[-1] + 1 if own else entry.last
    return entries


def is_furniture(line: str) -> bool:
    """Whether the line is one that exports put around every article."""
    return len(line) <= MAX_CHARS and _furniture().fullmatch(line) is not None


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(expressions()), re.IGNORECASE)
