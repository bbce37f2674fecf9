"""What lines of rails say by their words, asked of thousands of lines at once."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.fields.words import count_letters
from copydesk.labels.arrays import Ints
from copydesk.labels.cues import line_patterns

MAX_HEADING_WORDS = 6
MAX_NOTE_WORDS = 4
MAX_NOTE_CHARS = 60
FEW_LINES = 500  # are asked each question at once: to compile one more expression takes as long
MAX_NOTE_LETTERS = 4  # of scripts without spaces, where a headline is one word: `12/14 10:24` may open it
DAY_WORDS = "today yesterday heute gestern hier aujourd’hui hoy ayer dziś wczoraj сегодня вчера".split()
RANK = r"^\d{1,2}[.)]\s+"

Flags = NDArray[np.bool_]


class Signs(NamedTuple):
    """What each line says: a byte for each, 1 if it does."""

    heading: bytes  # `Most read`: opens a rail
    more: bytes  # `See all news`: leads to the whole section
    guide: bytes  # one of the two
    note: bytes  # when a story appeared, or whose the page is
    rank: bytes  # of a most-read list


def read_signs(lines: pa.Array) -> Signs:
    """What each of the lines says."""
    opening = np.arange(len(lines))
    if len(lines) > FEW_LINES:
        opening = _showing(lines, "opening", opening)
    words = np.array([len(line.split()) for line in lines.take(pa.array(opening)).to_pylist()], np.int64)
    more, rank = (_showing(lines, sign, opening) for sign in ("more", "rank"))
    heading = np.setdiff1d(_showing(lines, "related", opening[words <= MAX_HEADING_WORDS]), more)
    rights = _showing(lines, "rights", opening[words > MAX_NOTE_WORDS])
    times = _showing(lines, "time", np.flatnonzero(pc.utf8_length(lines).to_numpy() <= MAX_NOTE_CHARS))
    times = times[[_is_note(line) for line in lines.take(pa.array(times)).to_pylist()]]
    found = (heading, more, np.concatenate([heading, more]), np.concatenate([rights, times]), rank)
    return Signs(*(np.isin(np.arange(len(lines)), rows).tobytes() for rows in found))


def _showing(lines: pa.Array, sign: str, rows: Ints) -> Ints:
    """Those of `rows` that show the sign; where there are none no expression is compiled, which takes a millisecond."""
    if not len(rows):
        return rows
    hit: Flags = pc.match_substring_regex(lines.take(pa.array(rows)), _expressions()[sign]).to_numpy(zero_copy_only=False)
    return rows[hit]


def _is_note(line: str) -> bool:
    """Whether beside a time there is room for little else."""
    return len(line.split()) <= MAX_NOTE_WORDS and count_letters(line) <= MAX_NOTE_LETTERS


@cache
def _expressions() -> dict[str, str]:
    """The labeller's cues. Those that open a line are looked for together: few lines have one, and fewer are asked again which."""
    cues = line_patterns()
    opening = {"more": cues["more"], "related": cues["related"], "rights": f"^(?:{cues['copyright']})", "rank": RANK}
    days = f"(?i:^(?:{'|'.join(DAY_WORDS)})$)"
    return opening | {"opening": "|".join(opening.values()), "time": "|".join([cues["ago"], cues["clock"], cues["date"], days])}
