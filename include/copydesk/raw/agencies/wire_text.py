"""The lines of a wire's message → the text of a story, and when it was sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

INDENT = re.compile(r"\t| {2,}")
COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")
FULL_CHARS = 40  # a shorter line ended because its paragraph did
TITLE_LINES = 8
NOTE = re.compile(r"\(.*\)")
BYLINE = re.compile(r"By |(?:Von|Par|Por|Door) [^\W\d_a-zß-ÿ]")
MORE = re.compile(r"\W*more(?: to come| follows)?\W*", re.IGNORECASE)
FOR_EDITORS = re.compile(
    r"the following information is not (?:intended )?for publication|informationen sind nicht zur veröffentlichung"
    r"|^# (?:notebook|notizblock)\s*$",
    re.IGNORECASE,
)
ZONE = r"[A-Z]{1,5}|[+-]\d{4}"
# 301415 NOV 26, the zone before the month or behind the year
SENT = re.compile(
    rf"\b([0-3]\d)([01]\d|2[0-3])([0-5]\d)[ ]*(?:\b({ZONE})[ ]+)?([^\W\d_]{{3,9}})\.?[ ]+(\d{{4}}|\d\d)\b(?:[ ]*({ZONE})\b)?",
    re.IGNORECASE,
)
SENT_AMERICAN = re.compile(
    rf"\b(?:[A-Z]{{2,4}}-[A-Z]{{2,4}}-|UPI[ ]+)([01]\d)-([0-3]\d)-(\d\d)[ ]+([01]\d|2[0-3]):?([0-5]\d)[ ]*({ZONE})?\b",
    re.IGNORECASE,
)
FIRST_YEAR = 1979  # of IPTC 7901: years of two figures are of the hundred from then on


def sent_at(ending: str) -> str | None:
    """When a message was sent, by its ending, in the words of that: `30 NOV 2026 14:15 GMT`; which month that is, whatever reads dates decides."""
    if found := SENT.search(ending):
        day, hour, minute, before, month, year, behind = found.groups()
        return " ".join(filter(None, (day, month, _full(year), f"{hour}:{minute}", before or behind)))
    if found := SENT_AMERICAN.search(ending):
        month, day, year, hour, minute, zone = found.groups()
        return " ".join(filter(None, (f"{_full(year)}-{month}-{day}", f"{hour}:{minute}", zone)))
    return None


def _full(year: str) -> str:
    return year if len(year) > 2 else str(FIRST_YEAR + (int(year) - FIRST_YEAR) % 100)


def without_sending(lines: Sequence[str]) -> tuple[list[str], str | None]:
    """The lines of a text, and when it was sent where its last line says that and nothing else."""
    kept = _trimmed(lines)
    found = SENT.fullmatch(kept[-1].strip()) if kept else None
    time = sent_at(found[0]) if found else None
    return (kept[:-1], time) if time else (kept, None)


def title_of(lines: Sequence[str]) -> tuple[str | None, list[str]]:
    """The headline, and the lines below it with who wrote it in front, where what stands above the text ends in an equals sign.

    Notes to editors there, in brackets or, above the headline, in capitals (`1ST LEAD`), are neither.
    """
    opening = [line.strip() for line in takewhile(str.strip, lines[:TITLE_LINES])]
    last = next((at for at, line in enumerate(opening) if line.endswith("=")), None)
    if last is None:
        return None, list(lines)
    above = [line.rstrip("= ") for line in opening[: last + 1]]
    above = [line for line in above if line and not NOTE.fullmatch(line)]
    above = list(dropwhile(str.isupper, above)) or above
    signed = above[-1:] if len(above) > 1 and BYLINE.match(above[-1]) else []
    title = " ".join(above[: len(above) - len(signed)])
    return title or None, [*signed, *lines[last + 1 :]]


def for_readers(lines: Sequence[str]) -> list[str]:
    """The lines without what is for editors alone: that more follows, and what is said not to be for publication."""
    kept = _trimmed(list(takewhile(lambda line: not FOR_EDITORS.search(line), lines)))
    return _trimmed(kept[:-1]) if kept and MORE.fullmatch(kept[-1]) else kept


def paragraphs(lines: Sequence[str]) -> list[str]:
    """The lines, each paragraph that an indented line opens on one of them."""
    found: list[list[str]] = []
    width = 0  # of the line that the next one may go on from
    for line in lines:
        text, is_indented = line.strip(), INDENT.match(line) is not None
        is_row = COLUMNS.search(text) is not None
        goes_on = width >= FULL_CHARS and text != "" and not is_indented and not is_row
        if goes_on:
            found[-1].append(text)
        else:
            found.append([text])
        width = len(text) if (goes_on or is_indented) and not is_row else 0
    return list(map(" ".join, found))


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Without blank lines at the end."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
