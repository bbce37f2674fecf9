"""What lines of rails say by their words, asked of thousands of lines at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.fields.matching import Flags, among, lengths, which_match
from copydesk.fields.words import count_letters
from copydesk.labels.arrays import true_at
from copydesk.labels.features.cues import line_patterns

HOUSE = ("newsletter", "comments", "menu", "share", "consent")
CUES = ("more", "related", "copyright", "ago", "clock", "date", "credit", *HOUSE)  # of the labeller, which has asked every line
MAX_HEADING_WORDS = 6
MAX_NOTE_WORDS = 4
MAX_NOTE_CHARS = 60
MAX_NUMBER_CHARS = 6
MAX_NOTE_LETTERS = 4  # of scripts without spaces, where a headline is one word: `12/14 10:24` may open it
DAY_WORDS = pa.array("today yesterday heute gestern hier aujourd’hui hoy ayer dziś wczoraj сегодня вчера".split())
MAX_DAY_CHARS = 12
FIGURES = pa.array(list("0123456789"))
STORY_CHARS = 24  # links as short, of fewer than three words, are sections of the paper, not stories
THREE_WORDS = r"[^{0}][{0}]+[^{0}]+[{0}]+[^{0}]".format("".join(chr(at) for at in range(0x3001) if chr(at).isspace()))
AGO = re.compile(
    r"\d{1,2}\s?(?:h|hrs?|m|mins?|d|std\.?|min\.?)(?:\s?ago)?", re.IGNORECASE
)  # short for what the cues know in full
MAX_AGO_CHARS = len("12 mins ago")
HAS_STORY = re.compile(r"[:：]\s*\S")
RANK = r"^[0-9]{1,2}[.)][ \t\n\v\f\r]+"


class Signs(NamedTuple):
    """What each line says, true if it does."""

    heading: Flags  # `Most read`: opens a rail
    more: Flags  # `See all news`: leads to the whole section
    guide: Flags  # one of the two
    promo: Flags  # worded as one of the two, and names its story: `Read also: …`
    note: Flags  # when a story appeared, its bare rank or number of comments, whose the page is, and what it invites to
    rank: Flags  # of a most-read list
    section: Flags  # too short for a story
    credit: Flags  # names whose picture it is


def read_signs(lines: pa.Array, says: Mapping[str, Flags]) -> Signs:
    """What each of the lines says; `says` has what the labeller heard in them, by CUES."""
    promo = _where(says["more"] | says["related"], lines, lambda line: HAS_STORY.search(line) is not None)
    more = says["more"] & ~says["related"] & ~promo  # `Read next` is a heading
    rights = re.compile(f"(?:{line_patterns()['copyright']})")
    heading = _where(says["related"] & ~promo, lines, lambda line: len(line.split()) <= MAX_HEADING_WORDS)
    length = lengths(lines)
    brief = length <= MAX_NOTE_CHARS
    days = among(length <= MAX_DAY_CHARS, lines, _are_days)
    note = _where(brief & (says["ago"] | says["clock"] | says["date"] | days), lines, _is_note)
    says_house = np.logical_or.reduce([says[cue] for cue in HOUSE])
    note |= _where(brief & says_house & ~heading, lines, lambda line: len(line.split()) <= MAX_NOTE_WORDS)
    note |= _where(length <= MAX_NUMBER_CHARS, lines, lambda line: not any(map(str.isalpha, line)))
    note |= _where(says["copyright"], lines, lambda line: len(line.split()) > MAX_NOTE_WORDS and rights.match(line) is not None)
    opens: Flags = pc.is_in(pc.utf8_slice_codeunits(lines, 0, 1), FIGURES).to_numpy(zero_copy_only=False)
    note |= _where(opens & (length <= MAX_AGO_CHARS), lines, lambda line: AGO.fullmatch(line) is not None)
    rank = among(opens, lines, lambda some: which_match(some, RANK))
    return Signs(heading, more, heading | more, promo, note, rank, read_as_sections(lines), says["credit"])


def read_as_sections(lines: pa.Array) -> Flags:
    """Which lines are too short for a story."""
    return among(lengths(lines) < STORY_CHARS, lines, lambda some: ~which_match(some, THREE_WORDS))


def _are_days(lines: pa.Array) -> Flags:
    found: Flags = pc.is_in(pc.utf8_lower(lines), DAY_WORDS).to_numpy(zero_copy_only=False)
    return found


def _where(likely: Flags, lines: pa.Array, holds: Callable[[str], bool]) -> Flags:
    """The likely lines of which it holds, each different one asked once: menus come again."""
    rows = true_at(likely)
    found = np.zeros(len(likely), bool)
    if len(rows):
        texts = lines.take(pa.array(rows)).to_pylist()
        told = {text: holds(text) for text in set(texts)}
        found[rows] = list(map(told.__getitem__, texts))
    return found


def _is_note(line: str) -> bool:
    """Whether beside a time there is room for little else."""
    return len(line.split()) <= MAX_NOTE_WORDS and count_letters(line) <= MAX_NOTE_LETTERS
