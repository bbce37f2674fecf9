"""Runs of rail lines → heading, 'more' line and items of headline and caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import pyarrow as pa

from copydesk.assembly.signs import RANKED, Flags, Signs, read_signs

WORD = re.compile(r"\w{4,}")  # shorter words are shared by any two lines
MAX_KICKER_WORDS = 2  # `Sport` above a card's headline
STORY_WORDS = 3  # links of fewer words are sections of the paper, not stories
STORY_CHARS = 24
NAME_CHARS = 40
OF_AUTHOR = re.compile(r"/(?:authors?|autor(?:en|es)?|auteurs?|autore|contributors?|staff)/", re.IGNORECASE)
OF_SECTION = re.compile(r"/(?:categor(?:y|ies)|tags?|topics?|sections?|sekce|rubrik(?:en)?)/", re.IGNORECASE)
PAIR_LINES = 12  # looked at; half of the pairs among them share a word, or some lines of a long list do by chance
PAIR_GAIN = 2.0  # partners of a pair share so many times more words than lines that merely follow each other


class Items(NamedTuple):
    """The stories a rail points to, in columns."""

    headlines: list[str]
    captions: list[str | None]
    urls: list[str | None]


class Rail(NamedTuple):
    """One rail, as in schema.RAIL."""

    heading: str | None
    more: str | None
    items: Items


class Lines(NamedTuple):
    """Lines of rails, the links they carry in a page, and what they say."""

    texts: list[str]
    urls: list[str | None]
    signs: Signs


def lines_of(lines: pa.Array, urls: list[str | None], says: Mapping[str, Flags]) -> Lines:
    """The lines with what they say; `says` as `read_signs` has it."""
    texts = lines.to_pylist()
    return Lines(texts, urls, read_signs(lines, texts, says))


def read_rails(lines: Lines, run: range) -> Iterator[Rail]:
    """Rails of one unbroken run of lines; a heading opens each. Menus among them are left out, and lines that stand alone."""
    return (rail for part in _parts(lines.signs, run) if len(part) > 1 and _has_stories(rail := _rail(lines, part)))


def _parts(signs: Signs, run: range) -> Iterator[range]:
    """Stretches from one heading to the next, unless no story stands between them."""
    start, stop = run.start, run.stop
    while (story := signs.guide.find(0, start, stop)) >= 0 and (heading := signs.heading.find(1, story, stop)) >= 0:
        yield range(start, heading)
        start = heading
    yield range(start, stop)


def _rail(lines: Lines, part: range) -> Rail:
    signs, first = lines.signs, part.start
    is_linked = any(lines.urls[first : part.stop])
    opens = len(part) > 1 and (signs.heading[first] or signs.more[first + 1] or (is_linked and not lines.urls[first]))
    rest = [at for at in (part[1:] if opens else part) if not signs.note[at]]
    more = _section_link(lines, rest) if is_linked else next((at for at in rest if signs.more[at]), None)
    said = None if more is None else lines.texts[more]
    items = _linked(lines, rest, more) if is_linked else _unlinked(lines, rest, said)
    return Rail(lines.texts[first] if opens else None, said, items)


def _linked(lines: Lines, rest: list[int], more: int | None) -> Items:
    if more is None:
        return _cards(lines, rest)
    same = (lines.texts[more], lines.urls[more])  # it may stand above every story again
    place = next(place for place, at in enumerate(rest) if (lines.texts[at], lines.urls[at]) == same)
    return _cards(lines, rest[:place] or rest[place + 1 :])


def _unlinked(lines: Lines, rest: list[int], said: str | None) -> Items:
    rest = rest if said is None else [at for at in rest if lines.texts[at] != said]
    texts = [lines.texts[at] for at in rest]
    ranked = [text for at, text in zip(rest, texts, strict=True) if lines.signs.rank[at]]
    if len(ranked) > len(texts) / 2:
        texts = [RANKED.sub("", text) for text in ranked]
    elif _is_paired(texts):
        return Items(texts[1::2], list(texts[::2]), [None] * (len(texts) // 2))
    return Items(texts, [None] * len(texts), [None] * len(texts))


def _section_link(lines: Lines, rest: list[int]) -> int | None:
    """The link to the whole section, before the stories or behind them."""
    linked = [(at, url) for at in rest if (url := lines.urls[at])]
    for at, address in (linked[0], linked[-1]) if len(linked) > 2 else ():
        below = sum(url.startswith(address) for other, url in linked if other != at)
        if lines.signs.more[at] or below > len(linked) / 2:
            return at
        if _is_section(lines.texts[at]) and sum(_is_section(lines.texts[other]) for other, _ in linked) < len(linked) / 2:
            return at
    return None


def _cards(lines: Lines, rest: list[int]) -> Items:
    """Items of linked lines: lines of one link, or a line without one behind them, are of one story."""
    headlines: list[str] = []
    captions: list[str | None] = []
    urls: list[str | None] = []
    for at in [at for at in rest if not _leads_aside(lines.texts[at], lines.urls[at])] or rest:
        text, url = lines.texts[at], lines.urls[at]
        if not urls or (url is not None and url != urls[-1]):
            headlines.append(text)
            captions.append(None)
            urls.append(url)
        elif captions[-1] is None and len(headlines[-1].split()) <= MAX_KICKER_WORDS:
            headlines[-1], captions[-1] = text, headlines[-1]
        elif captions[-1] is None and text != headlines[-1]:
            captions[-1] = text
    return Items(headlines, captions, [url or None for url in urls])


def _leads_aside(text: str, url: str | None) -> bool:
    """Whether a link leads to who wrote a story, or to the section it stands in."""
    if url is None or len(text) > NAME_CHARS:
        return False
    return OF_AUTHOR.search(url) is not None or (_is_section(text) and OF_SECTION.search(url) is not None)


def _is_paired(texts: Sequence[str]) -> bool:
    """Whether lines alternate between a picture's caption and its headline, seen from the words partners share."""
    if len(texts) < 4 or len(texts) % 2:
        return False
    words: list[list[str]] = []
    for seen in (4, PAIR_LINES):  # four lines tell most lists that have no pairs
        words = [WORD.findall(text.lower()) for text in texts[:seen]]
        paired = sum(not set(a).isdisjoint(b) for a, b in zip(words[::2], words[1::2], strict=True))
        if paired < len(words) / 4:
            return False
    shared = [len(a & b) for a, b in pairwise(map(set, words))]
    return sum(shared[::2]) >= max(2, PAIR_GAIN * sum(shared[1::2]))


def _has_stories(rail: Rail) -> bool:
    """Whether its items read like headlines; one line alone is no list."""
    headlines = rail.items.headlines
    if rail.heading is not None or len(headlines) < 2:
        return rail.heading is not None and bool(headlines)
    short = [text for text in headlines if len(text) < STORY_CHARS]  # few are, and a call for each takes longer
    return len(short) <= len(headlines) / 2 or sum(map(_is_section, short)) <= len(headlines) / 2


def _is_section(text: str) -> bool:
    return len(text) < STORY_CHARS and len(text.split(None, STORY_WORDS)) < STORY_WORDS
