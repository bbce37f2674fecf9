"""Stories of a rail whose lines carry links: lines of one link are of one story."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly.rails.lines import NONE
from copydesk.fields.matching import Flags, lengths, which_match

MAX_KICKER_WORDS = 2  # `Sport` above a card's headline
NAME_CHARS = 40
OF_AUTHOR = r"(?i)/(?:authors?|autor(?:en|es)?|auteurs?|autore|contributors?|staff)/"
OF_SECTION = r"(?i)/(?:categor(?:y|ies)|tags?|topics?|sections?|sekce|rubrik(?:en)?)/"


class Card(NamedTuple):
    """The lines of a story: its headline, its caption, and the one that carries its link."""

    headline: int
    caption: int
    link: int


class LinkedLines(NamedTuple):
    """Lines as Python has them, of which some carry links."""

    texts: list[str]
    urls: list[str | None]
    more: list[bool]  # whether each leads to a whole section
    section: list[bool]  # whether each is too short for a story
    aside: list[bool]  # whether each leads to who wrote a story, or to its section


def read_cards(lines: LinkedLines, rest: list[int]) -> tuple[int, list[Card]]:
    """The line of a rail that leads to the whole section, and the cards among its others; `rest` are all but its heading."""
    more = _section_link(lines, rest)
    if more is None:
        return NONE, _cards(lines, rest)
    same = (lines.texts[more], lines.urls[more])  # it may stand above every story again
    place = next(place for place, at in enumerate(rest) if (lines.texts[at], lines.urls[at]) == same)
    return more, _cards(lines, rest[:place] or rest[place + 1 :])


def _section_link(lines: LinkedLines, rest: list[int]) -> int | None:
    """The link to the whole section, before the stories or behind them."""
    linked = [(at, url) for at in rest if (url := lines.urls[at])]
    for at, address in (linked[0], linked[-1]) if len(linked) > 2 else ():
        below = sum(url.startswith(address) for other, url in linked if other != at)
        if lines.more[at] or below > len(linked) / 2:
            return at
        if lines.section[at] and sum(lines.section[other] for other, _ in linked) < len(linked) / 2:
            return at
    return None


def _cards(lines: LinkedLines, rest: list[int]) -> list[Card]:
    """Lines of one link, or a line without one behind them, are of one story."""
    cards: list[Card] = []
    shown: str | None = None  # the link of the last card
    for at in [at for at in rest if not lines.aside[at]] or rest:
        text, url = lines.texts[at], lines.urls[at]
        if not cards or (url is not None and url != shown):
            cards.append(Card(at, NONE, at if url else NONE))
            shown = url
            continue
        headline, caption, link = cards[-1]
        if caption == NONE and len(lines.texts[headline].split()) <= MAX_KICKER_WORDS:
            cards[-1] = Card(at, headline, link)
        elif caption == NONE and text != lines.texts[headline]:
            cards[-1] = Card(headline, at, link)
    return cards


def lead_aside(texts: pa.Array, urls: pa.Array, section: Flags) -> Flags:
    """Which lines lead to who wrote a story, or to the section it stands in."""
    of_author, of_section = (which_match(pc.fill_null(urls, ""), pattern) for pattern in (OF_AUTHOR, OF_SECTION))
    aside: Flags = (lengths(texts) <= NAME_CHARS) & (of_author | (section & of_section))
    return aside
