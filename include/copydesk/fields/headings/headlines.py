"""Which line of a text is its headline, where nothing but the text and its address can tell."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.fields.folding import unaccented
from copydesk.fields.matching import FEW, Flags, Ints, lengths, which_match
from copydesk.fields.urls import path_of
from copydesk.fields.words import FULL_STOPS, MARKS, WITHOUT_SPACES

# What speaks for a line, each from 0 to 1, and how strongly; fitted to lines above articles and rounded.
LABELLED, OTHER, TAKEN_UP, NAMES, IN_ADDRESS, TELLS_ADDRESS, ECHOED = 1.6, -2.4, 3.0, 0.6, 2.0, 3.8, 2.1
LONG, FAR, BELOW, STOPS = 2.5, -0.5, -3.0, -1.3
NAMELESS = 0.5  # of a line where no capitals tell names from other words
MOST_CAPITALS = 0.6  # of its words; more are the way its paper writes headlines
LEAST_ECHOED = 15  # characters; shorter lines stand in others by chance
MOST_AROUND = 3  # times as long is the line that has the headline in it: `Home › News › …`, `… | Site`
LEAST_SCORE = 3.25  # of a line that is not labelled as the title: there may be none
LEAST_CHANCE = 0.5  # of a line that nothing but its label speaks for
LEAST_TAKEN = 1 / 3
NEAR = 3  # lines, of which date and byline may be two
FARTHEST = 20  # lines above the first paragraph
FEW_STEMS = 3  # one word is soon taken up: `Politics`
MANY_STEMS = 8  # a line with as many is surely no name of a section
LETTERS = 5  # of a word; endings differ between a headline and its text
SHORT = f"{WITHOUT_SPACES}가-힣"  # letters that stand without spaces, and Korean ones: its words have two or three
CROWDED = f"[{SHORT}İ]"  # these, and the letter that becomes two in lower case
LEAST_SPACE = LETTERS  # characters that the shortest of its words takes up with what parts it from the next
MAX_CHARS = 250
TWO_SPACES = " [^ ]* "
ROUNDING = 1e-9  # sums of the same numbers in another order differ by less
STEM = re.compile(r"([^\W_]{4,5})[^\W_]*")  # the first letters of a longer word
WORD = re.compile(r"[^\W\d_]+")
PLAIN_WORD = re.compile(r"[a-z]{4,}")
SPACELESS = re.compile(rf"[{SHORT}]{{2,}}")
MARK = re.compile(f"[{MARKS}]")
MARKED_STEM = re.compile(rf"((?:[^\W_]|{MARK.pattern}){{4,5}})(?:[^\W_]|{MARK.pattern})*")
ENDS = (".", *FULL_STOPS)

Floats = NDArray[np.floating[Any]]


class Line(NamedTuple):
    """A line that may be the headline."""

    text: str
    chance: float  # that it is one, by its label
    worth: float  # what label, place and end say for it
    stems: int  # at most
    above: int  # lines above the first paragraph


def lines_of(lines: pa.Array, chances: Floats, distances: Ints, others: Floats) -> list[Line]:
    """The lines with what speaks for each.

    `chances` say how likely each is a headline by its label, `others` how likely a caption or a sub-heading; `distances` are lines to
    the first paragraph, negative below it.
    """
    by_label = LABELLED * chances + OTHER * others
    by_place = FAR * np.minimum(np.abs(distances), FARTHEST) / FARTHEST + BELOW * (distances <= 0)
    worth = by_label + by_place + STOPS * _stop(lines)
    room = np.minimum(MANY_STEMS, (lengths(lines) + 1) // LEAST_SPACE)
    stems = np.where(which_match(lines, CROWDED), MANY_STEMS, room)
    return list(map(Line, lines.to_pylist(), chances.tolist(), worth.tolist(), stems.tolist(), distances.tolist()))


def may_be_headlines(lines: pa.Array) -> Flags:
    """Which lines that are not labelled as the title are worth a look: two words are a section, a full stop ends a sentence."""
    has_words = which_match(lines, TWO_SPACES) | ~pc.string_is_ascii(lines).to_numpy(zero_copy_only=False)
    found: Flags = has_words & (lengths(lines) <= MAX_CHARS) & ~_stop(lines)
    return found


def _stop(lines: pa.Array) -> Flags:
    """Which lines end as sentences do."""
    if len(lines) <= FEW:
        return np.fromiter((line.endswith(ENDS) for line in lines.to_pylist()), bool, len(lines))
    found: Flags = pc.is_in(pc.utf8_slice_codeunits(lines, -1, None), pa.array(ENDS)).to_numpy(zero_copy_only=False)
    return found


def find_headline(lines: Sequence[Line], body: str, url: str | None) -> str | None:
    """The likeliest: it stands near the text, speaks of what the text and its address speak of, and is labelled so."""
    if not lines:
        return None
    lower, named = body.lower(), frozenset(word[:LETTERS] for word in PLAIN_WORD.findall(_path(url)))
    every = "\n".join(line.text for line in lines)
    likely = sorted(((_most(line, named, every), at) for at, line in enumerate(lines)), key=lambda entry: -entry[0])
    best, best_rank = None, (-math.inf, -math.inf, 0)
    for most, at in likely:
        if most + ROUNDING < best_rank[0]:
            break
        line = lines[at]
        found, echoed = stems_of(line.text), ECHOED * (every.count(line.text) > 1 and _is_echoed(line.text, lines))
        look = _look(line, found, named)
        if not found or look + TAKEN_UP + NAMES + echoed + ROUNDING < best_rank[0]:
            continue
        taken_up = sum(map(lower.__contains__, found)) / max(len(found), FEW_STEMS)
        score = look + TAKEN_UP * taken_up
        if score + NAMES + echoed + ROUNDING < best_rank[0]:  # before its names are looked for, which few need
            continue
        score += NAMES * _named_share(line.text, body)
        rank = (score + echoed, look, -at)
        if rank > best_rank and (line.chance or rank[0] > LEAST_SCORE):
            best, best_rank = line.text, rank
    return best or _labelled(lines) or _nearest(lines, lower)


def _labelled(lines: Sequence[Line]) -> str | None:
    """The likeliest by its label alone: words too short to be looked for make headlines too."""
    named = [line for line in lines if line.chance >= LEAST_CHANCE and any(map(str.isalpha, line.text))]
    return max(named, key=lambda line: line.chance).text if named else None


def _nearest(lines: Sequence[Line], lower: str) -> str | None:
    """The line right above the text, where the text takes up some of it: what labels say of a short text's headline is often wrong."""
    above = sorted((line for line in lines if 0 < line.above <= NEAR), key=lambda line: line.above)
    return next((line.text for line in above if _is_taken_up(line.text, lower)), None)


def _is_taken_up(line: str, lower: str) -> bool:
    found = stems_of(line)
    return len(found) > FEW_STEMS and sum(map(lower.__contains__, found)) >= LEAST_TAKEN * len(found)


def _most(line: Line, named: frozenset[str], every: str) -> float:
    """What can speak for a line at most, seen without parting its words; `every` holds all lines. Few can be the likeliest."""
    most = line.worth + LONG * line.stems / MANY_STEMS + TAKEN_UP + NAMES
    if every.count(line.text) > 1:
        most += ECHOED
    if named and any(map(unaccented(line.text.lower()).__contains__, named)):
        most += IN_ADDRESS + TELLS_ADDRESS
    return most


def _look(line: Line, found: Sequence[str], named: frozenset[str]) -> float:
    """What speaks for a line beside the text below it and the other lines."""
    look = line.worth + LONG * min(len(found), MANY_STEMS) / MANY_STEMS
    if not named or not found:
        return look
    shared = len(named.intersection(found if line.text.isascii() else unaccented(" ".join(found)).split()))
    return look + IN_ADDRESS * shared / len(found) + TELLS_ADDRESS * shared / len(named)


def _named_share(text: str, body: str) -> float:
    """How many of the names in a line stand in the text, too: words with a capital that does not begin it."""
    words = WORD.findall(text)
    names = [word for word in words[1:] if word[0].isupper()]
    if not names or text.isupper() or len(names) >= MOST_CAPITALS * len(words):
        return NAMELESS
    return sum(map(body.__contains__, names)) / len(names)


def _is_echoed(text: str, lines: Iterable[Line]) -> bool:
    """Whether another line has it with something before or behind it."""
    least, most = len(text), MOST_AROUND * len(text)
    return least >= LEAST_ECHOED and any(least < len(line.text) < most and text in line.text for line in lines)


def stems_of(text: str) -> Sequence[str]:
    """Beginnings of its longer words, each once; pairs of characters where no spaces part words."""
    stem = MARKED_STEM if not text.isascii() and MARK.search(text) else STEM
    found = list(dict.fromkeys(stem.findall(text.lower())))
    if text.isascii() or not (runs := SPACELESS.findall(text)):
        return found
    return list({run[i : i + 2]: None for run in runs for i in range(len(run) - 1)})


def _path(url: str | None) -> str:
    try:
        return unaccented(path_of(url).lower())
    except ValueError:  # such as a bracket that opens no IPv6 address
        return ""
