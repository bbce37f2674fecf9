"""Runs of rail lines → heading, 'more' line and items of headline and caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, TypedDict

from copydesk.labels.cues import line_patterns

WORD = re.compile(r"\w{4,}")  # shorter words are shared by any two lines
MAX_HEADING_WORDS = 6
MAX_KICKER_WORDS = 2  # `Sport` above a card's headline
STORY_WORDS = 3  # links of fewer words are sections of the paper, not stories
PAIR_GAIN = 2.0  # partners of a pair share so many times more words than lines that merely follow each other
RANK = re.compile(r"\d{1,2}[.)]\s+")  # of a most-read list
DAY_WORDS = frozenset("today yesterday heute gestern hier aujourd’hui hoy ayer dziś wczoraj сегодня вчера".split())
MAX_NOTE_WORDS = 4
MAX_CUE_CHARS = 400  # cues open or fill a line


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
    """Rails of one unbroken run of rail lines; a heading opens each. Menus among them are left out."""
    rails: list[list[Line]] = []
    has_items = False
    for line in lines:
        says = _says(line.text)
        if not rails or (says and has_items and _is_heading(line.text)):
            rails.append([])
            has_items = False
        rails[-1].append(line)
        has_items |= not says
    return [rail for part in rails if _has_stories(rail := _rail(part))]


def _rail(lines: list[Line]) -> Rail:
    is_linked = any(x.url for x in lines)
    opens = len(lines) > 1 and (_is_heading(lines[0].text) or _says_more(lines[1].text) or (is_linked and not lines[0].url))
    heading = lines[0].text if opens else None
    rest = [x for x in (lines[1:] if opens else lines) if not _is_note(x.text)]
    if is_linked:
        more = _section_link(rest)
        stories = rest[: rest.index(more)] or rest[rest.index(more) + 1 :] if more else rest
        return {"heading": heading, "more": more.text if more else None, "items": _cards(stories)}
    said = next((x.text for x in rest if _says_more(x.text)), None)
    rest = [x for x in rest if x.text != said]
    ranked = [Line(x.text[found.end() :]) for x in rest if (found := RANK.match(x.text))]
    if len(ranked) > len(rest) / 2:
        return {"heading": heading, "more": said, "items": [_single(x) for x in ranked]}
    return {"heading": heading, "more": said, "items": _pairs(rest) if _is_paired(rest) else [_single(x) for x in rest]}


def _section_link(lines: list[Line]) -> Line | None:
    """The link to the whole section, before the stories or behind them."""
    linked = [x for x in lines if x.url]
    for line in (linked[0], linked[-1]) if len(linked) > 2 else ():
        below = sum(x.url.startswith(line.url) for x in linked if x is not line and x.url and line.url)
        stories = sum(not _is_section(x.text) for x in linked)
        if _says_more(line.text) or below > len(linked) / 2 or (_is_section(line.text) and stories > len(linked) / 2):
            return line
    return None


def _cards(lines: list[Line]) -> list[RailItem]:
    """Items of linked lines: lines of one link, or a line without one behind them, are of one story."""
    items: list[RailItem] = []
    for line in lines:
        last = items[-1] if items else None
        if last is None or (line.url is not None and line.url != last["url"]):
            items.append(_single(line))
        elif last["caption"] is None and len(last["headline"].split()) <= MAX_KICKER_WORDS:
            last["headline"], last["caption"] = line.text, last["headline"]
        elif last["caption"] is None and line.text != last["headline"]:
            last["caption"] = line.text
    return items


def _is_paired(lines: list[Line]) -> bool:
    """Whether lines alternate between a picture's caption and its headline, seen from the words partners share."""
    if len(lines) < 4 or len(lines) % 2:
        return False
    words = [set(WORD.findall(x.text.lower())) for x in lines]
    inside = sum(len(words[i] & words[i + 1]) for i in range(0, len(lines), 2))
    across = sum(len(words[i] & words[i + 1]) for i in range(1, len(lines) - 1, 2))
    return inside >= 2 and inside >= PAIR_GAIN * across


def _pairs(lines: list[Line]) -> list[RailItem]:
    return [{"headline": b.text, "caption": a.text, "url": None} for a, b in zip(lines[::2], lines[1::2], strict=True)]


def _single(line: Line) -> RailItem:
    return {"headline": line.text, "caption": None, "url": line.url}


def _has_stories(rail: Rail) -> bool:
    """Whether its items read like headlines; one line alone is no list."""
    items = rail["items"]
    if not items or (len(items) == 1 and rail["heading"] is None):
        return False
    return rail["heading"] is not None or sum(_is_section(item["headline"]) for item in items) <= len(items) / 2


def _is_note(text: str) -> bool:
    """Whether it says when a story appeared, or whose the page is."""
    if len(text.split()) > MAX_NOTE_WORDS:
        return bool(_cue("copyright").match(text))
    return text.lower() in DAY_WORDS or any(_shows(name, text) for name in ("ago", "clock", "date"))


def _is_section(text: str) -> bool:
    return len(text.split()) < STORY_WORDS and len(text) < 24


def _is_heading(text: str) -> bool:
    return len(text.split()) <= MAX_HEADING_WORDS and _shows("related", text) and not _says_more(text)


def _says_more(text: str) -> bool:
    return _shows("more", text)


def _says(text: str) -> bool:
    return _is_heading(text) or _says_more(text)


def _shows(name: str, text: str) -> bool:
    return _cue(name).search(text, 0, MAX_CUE_CHARS) is not None


@cache
def _cue(name: str) -> re.Pattern[str]:
    """The labeller's expression for the cue; it is written for RE2, which knows letters by another name."""
    return re.compile(line_patterns()[name].replace(r"\pL", r"[^\W\d_]"))
