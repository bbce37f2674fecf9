"""Runs of rail lines → heading, 'more' line and items of headline and caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypedDict

from copydesk.labels.cues import line_patterns

WORD = re.compile(r"\w{4,}")  # shorter words are shared by any two lines
MAX_HEADING_WORDS = 6
PAIR_GAIN = 2.0  # partners of a pair share so many times more words than lines that merely follow each other


class Line(NamedTuple):
    """One line of a rail, with the link it carries in HTML."""

    text: str
    url: str | None = None


class RailItem(TypedDict):
    """One story a rail points to."""

    headline: str
    caption: str | None
    url: str | None


class Rail(TypedDict):
    """One rail, as in schema.RAIL."""

    heading: str | None
    more: str | None
    items: list[RailItem]


def read_rails(lines: Sequence[Line]) -> list[Rail]:
    """Rails of one unbroken run of rail lines; a heading opens each."""
    rails: list[list[Line]] = []
    for line in lines:
        if not rails or (_is_heading(line.text) and any(not _says(x.text) for x in rails[-1])):
            rails.append([])
        rails[-1].append(line)
    return [_rail(part) for part in rails]


def _rail(lines: list[Line]) -> Rail:
    heading = lines[0].text if len(lines) > 1 and (_is_heading(lines[0].text) or _says_more(lines[1].text)) else None
    rest = lines[1:] if heading else list(lines)
    more = next((x.text for x in rest if _says_more(x.text)), None)
    rest = [x for x in rest if x.text != more]
    return {"heading": heading, "more": more, "items": _pairs(rest) if _is_paired(rest) else [_single(x) for x in rest]}


def _is_paired(lines: list[Line]) -> bool:
    """Whether lines alternate between a picture's caption and its headline, seen from the words partners share."""
    if len(lines) < 4 or len(lines) % 2:
        return False
    words = [set(WORD.findall(x.text.lower())) for x in lines]
    inside = sum(len(words[i] & words[i + 1]) for i in range(0, len(lines), 2))
    across = sum(len(words[i] & words[i + 1]) for i in range(1, len(lines) - 1, 2))
    return inside >= 2 and inside >= PAIR_GAIN * across


def _pairs(lines: list[Line]) -> list[RailItem]:
    return [{"headline": b.text, "caption": a.text, "url": b.url or a.url} for a, b in zip(lines[::2], lines[1::2], strict=True)]


def _single(line: Line) -> RailItem:
    return {"headline": line.text, "caption": None, "url": line.url}


def _is_heading(text: str) -> bool:
    return len(text.split()) <= MAX_HEADING_WORDS and bool(_cue("related").search(text)) and not _says_more(text)


def _says_more(text: str) -> bool:
    return bool(_cue("more").search(text))


def _says(text: str) -> bool:
    return _is_heading(text) or _says_more(text)


def _cue(name: str) -> re.Pattern[str]:
    return _compiled(line_patterns()[name])


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(r"\pL", r"[^\W\d_]"))
