"""Which line of a text is its headline, where nothing but the text and its address can tell."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from copydesk.fields.folding import unaccented
from copydesk.fields.words import WITHOUT_SPACES

# What speaks for a line, each from 0 to 1, and how strongly; fitted to lines above articles and rounded.
LABELLED, OTHER, TAKEN_UP, IN_ADDRESS, TELLS_ADDRESS, ECHOED = 1.6, -2.1, 2.5, 2.0, 3.5, 2.1
LONG, FAR, BELOW, STOPS = 2.5, -0.7, -3.0, -1.3
LEAST_ECHOED = 15  # characters; shorter lines stand in others by chance
MOST_AROUND = 3  # times as long is the line that has the headline in it: `Home › News › …`, `… | Site`
LEAST_SCORE = 3.0  # of a line that is not labelled as the title: there may be none
FARTHEST = 20  # lines above the first paragraph
MANY_STEMS = 8  # a line with as many is surely no name of a section
LETTERS = 5  # of a word; endings differ between a headline and its text
MIN_SPACES, MAX_CHARS = 2, 250
WORD = re.compile(r"[^\W_]{4,}")
PLAIN_WORD = re.compile(r"[a-z]{4,}")
SPACELESS = re.compile(rf"[{WITHOUT_SPACES}]{{2,}}")
FULL_STOPS = (".", "。")


class Line(NamedTuple):
    """A line that may be the headline."""

    text: str
    chance: float  # that it is one, by its label
    distance: int  # lines to the first paragraph, negative below it
    other: float = 0.0  # chance that it is a caption or a sub-heading


def may_be_headline(text: str) -> bool:
    """Whether a line that is not labelled as the title is worth a look: two words are a section, a full stop ends a sentence."""
    if len(text) > MAX_CHARS or text.endswith(FULL_STOPS):
        return False
    return text.count(" ") >= MIN_SPACES or not text.isascii()


def find_headline(lines: Sequence[Line], body: str, url: str | None) -> str | None:
    """The likeliest: it stands near the text, speaks of what the text and its address speak of, and is labelled so."""
    body, named = body.lower(), frozenset(word[:LETTERS] for word in PLAIN_WORD.findall(_path(url)))
    rated = [(_look(line, found, named), line, found) for line in lines if (found := _stems(line.text))]
    best, best_score = None, -math.inf
    for look, line, found in sorted(rated, key=lambda entry: -entry[0]):
        if look + TAKEN_UP + ECHOED <= best_score:
            break
        score = look + TAKEN_UP * sum(map(body.__contains__, found)) / len(found)
        if score + ECHOED <= best_score:
            continue
        score += ECHOED * _is_echoed(line.text, lines)
        if score > best_score and (line.chance or score > LEAST_SCORE):
            best, best_score = line.text, score
    return best


def _look(line: Line, found: Sequence[str], named: frozenset[str]) -> float:
    """What speaks for a line beside the text below it and the other lines."""
    look = (
        LABELLED * line.chance
        + OTHER * line.other
        + LONG * min(len(found), MANY_STEMS) / MANY_STEMS
        + FAR * min(abs(line.distance), FARTHEST) / FARTHEST
        + BELOW * (line.distance <= 0)
        + STOPS * line.text.endswith(FULL_STOPS)
    )
    if not named:
        return look
    shared = len(named.intersection(found if line.text.isascii() else unaccented(" ".join(found)).split()))
    return look + IN_ADDRESS * shared / len(found) + TELLS_ADDRESS * shared / len(named)


def _is_echoed(text: str, lines: Iterable[Line]) -> bool:
    """Whether another line has it with something before or behind it."""
    least, most = len(text), MOST_AROUND * len(text)
    return least >= LEAST_ECHOED and any(least < len(line.text) < most and text in line.text for line in lines)


def _stems(text: str) -> Sequence[str]:
    """Beginnings of its longer words, each once; pairs of characters where no spaces part words."""
    found = {word[:LETTERS]: None for word in WORD.findall(text.lower())}
    if text.isascii() or not (runs := SPACELESS.findall(text)):
        return list(found)
    return list({run[i : i + 2]: None for run in runs for i in range(len(run) - 1)})


def _path(url: str | None) -> str:
    try:
        return unaccented(urlsplit(url or "").path.lower())
    except ValueError:  # such as a bracket that opens no IPv6 address
        return ""
