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
MAX_NOTE_LETTERS = 4  # of scripts without spaces, where a headline is one word: `12/14 10:24` may open it
DAY_WORDS = "today yesterday heute gestern hier aujourd’hui hoy ayer dziś wczoraj сегодня вчера".split()
RANK = r"^\d{1,2}[.)]\s+"  # of a most-read list

Flags = NDArray[np.bool_]


class Signs(NamedTuple):
    """What each line says, if it does."""

    heading: list[bool]  # `Most read`: opens a rail
    more: list[bool]  # `See all news`: leads to the whole section
    note: list[bool]  # when a story appeared, or whose the page is
    rank: list[bool]


def read_signs(lines: pa.Array) -> Signs:
    """What each of the lines says."""
    by_opening = _found(lines, "opening", np.arange(len(lines)))
    more = _found(lines, "more", by_opening)
    counts = _words(lines, by_opening)
    related = np.intersect1d(_found(lines, "related", by_opening), by_opening[counts <= MAX_HEADING_WORDS])
    rights = np.intersect1d(_found(lines, "rights", by_opening), by_opening[counts > MAX_NOTE_WORDS])
    times = _found(lines, "time", np.flatnonzero(pc.utf8_length(lines).to_numpy() <= MAX_NOTE_CHARS))
    times = times[[_is_note(line) for line in lines.take(pa.array(times)).to_pylist()]]
    hits = (np.setdiff1d(related, more), more, np.concatenate([rights, times]), _found(lines, "rank", by_opening))
    return Signs(*(np.isin(np.arange(len(lines)), hit).tolist() for hit in hits))


def _found(lines: pa.Array, sign: str, rows: Ints) -> Ints:
    """Those of `rows` that show the sign; where there are none no expression is compiled, which takes a millisecond."""
    if not len(rows):
        return rows
    hit: Flags = pc.match_substring_regex(lines.take(pa.array(rows)), _expressions()[sign]).to_numpy(zero_copy_only=False)
    return rows[hit]


def _words(lines: pa.Array, rows: Ints) -> Ints:
    return np.array([len(line.split()) for line in lines.take(pa.array(rows)).to_pylist()], np.int64)


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
