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
LABELLED, TAKEN_UP, IN_ADDRESS, TELLS_ADDRESS, LONG, FAR, BELOW, STOPS = 2.2, 2.8, 2.5, 2.6, 3.4, -1.1, -2.5, -2.9
LEAST_SCORE = 4.0  # of a line that is not labelled as the title: there may be none
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


def may_be_headline(text: str) -> bool:
    """Whether a line that is not labelled as the title is worth a look: two words are a section, a full stop ends a sentence."""
    if len(text) > MAX_CHARS or text.endswith(FULL_STOPS):
        return False
    return text.count(" ") >= MIN_SPACES or not text.isascii()


def find_headline(lines: Iterable[Line], body: str, url: str | None) -> str | None:
    """The likeliest: it stands near the text, speaks of what the text and its address speak of, and is labelled so."""
    body, named = body.lower(), frozenset(word[:LETTERS] for word in PLAIN_WORD.findall(_path(url)))
    rated = [(_look(line, found, named), line, found) for line in lines if (found := _stems(line.text))]
    best, best_score = None, -math.inf
    for look, line, found in sorted(rated, key=lambda entry: -entry[0]):
        if look + TAKEN_UP <= best_score:
            break
        score = look + TAKEN_UP * sum(stem in body for stem in found) / len(found)
        if score > best_score and (line.chance or score > LEAST_SCORE):
            best, best_score = line.text, score
    return best


def _look(line: Line, found: Sequence[str], named: frozenset[str]) -> float:
    """What speaks for a line beside the text below it."""
    look = (
        LABELLED * line.chance
        + LONG * min(len(found), MANY_STEMS) / MANY_STEMS
        + FAR * min(abs(line.distance), FARTHEST) / FARTHEST
        + BELOW * (line.distance <= 0)
        + STOPS * line.text.endswith(FULL_STOPS)
    )
    if not named:
        return look
    shared = len(named.intersection(found if line.text.isascii() else unaccented(" ".join(found)).split()))
    return look + IN_ADDRESS * shared / len(found) + TELLS_ADDRESS * shared / len(named)


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
