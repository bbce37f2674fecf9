"""What lines of rails say by their words, asked of thousands of lines at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.fields.words import count_letters
from copydesk.labels.cues import line_patterns

CUES = ("more", "related", "copyright", "ago", "clock", "date")  # of the labeller, which has asked every line
MAX_HEADING_WORDS = 6
MAX_NOTE_WORDS = 4
MAX_NOTE_CHARS = 60
MAX_NUMBER_CHARS = 6
MAX_NOTE_LETTERS = 4  # of scripts without spaces, where a headline is one word: `12/14 10:24` may open it
DAY_WORDS = pa.array("today yesterday heute gestern hier aujourd’hui hoy ayer dziś wczoraj сегодня вчера".split())
AGO = re.compile(
    r"\d{1,2}\s?(?:h|hrs?|m|mins?|d|std\.?|min\.?)(?:\s?ago)?", re.IGNORECASE
)  # short for what the cues know in full
RANK = r"^\d{1,2}[.)]\s+"
RANKED = re.compile(RANK, re.ASCII)

Flags = NDArray[np.bool_]


class Signs(NamedTuple):
    """What each line says: a byte for each, 1 if it does."""

    heading: bytes  # `Most read`: opens a rail
    more: bytes  # `See all news`: leads to the whole section
    guide: bytes  # one of the two
    note: bytes  # when a story appeared, its bare rank or number of comments, or whose the page is
    rank: bytes  # of a most-read list


def read_signs(lines: pa.Array, texts: list[str], says: Mapping[str, Flags]) -> Signs:
    """What each of the lines says, which are the `texts` too; `says` has what the labeller heard in them, by CUES."""
    more, rights = says["more"], re.compile(f"(?:{line_patterns()['copyright']})")
    heading = _where(says["related"] & ~more, texts, lambda line: len(line.split()) <= MAX_HEADING_WORDS)
    length = pc.utf8_length(lines).to_numpy()
    brief = length <= MAX_NOTE_CHARS
    is_day = pc.is_in(pc.utf8_lower(lines), DAY_WORDS).to_numpy(zero_copy_only=False)
    note = _where(brief & (says["ago"] | says["clock"] | says["date"] | is_day), texts, _is_note)
    note |= _where(length <= MAX_NUMBER_CHARS, texts, lambda line: not any(map(str.isalpha, line)))
    note |= _where(says["copyright"], texts, lambda line: len(line.split()) > MAX_NOTE_WORDS and rights.match(line) is not None)
    opens = pc.ascii_is_decimal(pc.utf8_slice_codeunits(lines, 0, 1)).to_numpy(zero_copy_only=False)
    note |= _where(opens & brief, texts, lambda line: AGO.fullmatch(line) is not None)
    rank = _where(opens, texts, lambda line: RANKED.match(line) is not None)
    return Signs(*(flags.tobytes() for flags in (heading, more, heading | more, note, rank)))


def _where(likely: Flags, texts: list[str], holds: Callable[[str], bool]) -> Flags:
    """The likely lines of which it holds."""
    rows = np.flatnonzero(likely)
    found = np.zeros(len(likely), bool)
    found[rows] = [holds(texts[row]) for row in rows.tolist()]
    return found


def _is_note(line: str) -> bool:
    """Whether beside a time there is room for little else."""
    return len(line.split()) <= MAX_NOTE_WORDS and count_letters(line) <= MAX_NOTE_LETTERS
