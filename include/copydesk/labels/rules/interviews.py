"""Lines of a text that are an interview's, or a broadcast's: two or three voices take turns, and each line opens with its speaker.

Half of such lines are kept already, and the others belong to them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.blocks.table import one_array
from copydesk.fields.matching import Flags, which_match
from copydesk.labels.arrays import Ints, true_at
from copydesk.labels.rules.around import Around

REACH = 2  # lines from one that is kept, where a first voice is looked for
LEAST_KEPT, LEAST_LOUD = 1 / 2, 1 / 3  # of their lines that must be kept already; in capitals they are no credits of pictures
TURN = 3  # lines from one voice in capitals to the other: somebody may be heard between them
FEWEST, MOST_VOICES, MOST_WORDS = 4, 3, 4
COLON = "^[^:：]{0,29}[:：]"  # in whatever the next matches
VOICED = re.compile(r"([^\W\d_][^:：]{0,28}?) ?[:：] ?(?!//)\S")


class Voice(NamedTuple):
    """A line that opens with who speaks."""

    document: int
    row: int
    name: str | None  # None where that is no name

    @property
    def is_loud(self) -> bool:
        """Whether the name is in capitals, as transcripts of broadcasts have it."""
        return self.name is not None and self.name.isupper()


def interviews(kept: Flags, may_be: Flags, around: Around) -> Iterator[list[int]]:
    """The lines of each text that are voices; asked are texts that lost two lines or more that may be, near those that are kept."""
    near = may_be & ~kept
    near[REACH:-REACH] &= kept[: -2 * REACH] | kept[1 : 1 - 2 * REACH] | kept[2 * REACH - 1 : -1] | kept[2 * REACH :]
    lost = Counter(voice.document for voice in _voices(true_at(near), around))
    documents = [document for document, count in lost.items() if count > 1]
    if not documents:
        return
    every = _voices(true_at(np.isin(around.owner, documents)), around)
    for _, voices in groupby(every, attrgetter("document")):
        turns = _turns(list(voices))
        rows, least = [voice.row for voice in turns], LEAST_LOUD if all(voice.is_loud for voice in turns) else LEAST_KEPT
        if np.count_nonzero(kept[rows]) >= least * len(rows):
            yield rows


def _voices(rows: Ints, around: Around) -> list[Voice]:
    """Those of the rows that open with who speaks; few have a colon so soon, which is seen of all at once."""
    if not len(rows):
        return []
    lines = one_array(around.texts.take(pa.array(rows)))
    some = true_at(which_match(lines, COLON))
    names, rows = map(_name, lines.take(pa.array(some)).to_pylist()), rows[some]
    found = map(Voice, around.owner[rows].tolist(), rows.tolist(), names)
    return [voice for voice in found if voice.name]


def _turns(voices: Sequence[Voice]) -> list[Voice]:
    """The voices of a text, where two or three take turns; one in capitals that is heard once between them is one of them."""
    often = {name for name, count in Counter(voice.name for voice in voices).items() if count > 1}
    speaking = [voice for voice in voices if voice.name in often]
    turns = [(a, b) for a, b in pairwise(speaking) if b.row - a.row <= _reach(a, b) and a.name != b.name]
    found = {voice.row: voice for turn in turns for voice in turn}
    if len(found) < FEWEST or len({voice.name for voice in found.values()}) > MOST_VOICES:
        return []
    once = [one for one in voices if one.name not in often and one.is_loud and min(found) < one.row < max(found)]
    return sorted([*found.values(), *once])


def _reach(voice: Voice, other: Voice) -> int:
    """How many lines on the second may answer."""
    return TURN if voice.is_loud and other.is_loud else REACH


def _name(line: str) -> str | None:
    """Who speaks in the line, as it says before a colon; in capitals by the family name: `JANE SMITH, HOST` is `SMITH` from then on."""
    found = VOICED.match(line)
    if not found or len(found[1].split()) > MOST_WORDS:
        return None
    name = found[1].partition(",")[0]
    return name.rpartition(" ")[2] if name.isupper() else found[1]
