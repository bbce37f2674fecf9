"""Lines of a text that those around them vouch for: short sentences and results between lines that are kept, and voices of an interview.

The networks take short lines for what stands beside an article, most of all where it has few others. In pages their elements tell.
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
from copydesk.fields.asking import Flags, which_match
from copydesk.labels.arrays import Floats, Ints, true_at
from copydesk.labels.bars import Bars
from copydesk.labels.ruling import Ruled, Ruling
from copydesk.labels.signers import Around

MOST_CHARS, MOST_LINES = 120, 3  # of what stands between: a question, its answer, the next question
LEAST = np.float32(0.15)  # how likely each of these lines must be
REACH = 2  # lines from one that is kept, where a first voice is looked for
LEAST_VOICE = np.float32(0.03)  # how likely the first that are missed must be
LEAST_KEPT, LEAST_LOUD = 1 / 2, 1 / 3  # of their lines that must be kept already; in capitals they are no credits of pictures
TURN = 3  # lines from one voice in capitals to the other: somebody may be heard between them
FEWEST, MOST_VOICES, MOST_WORDS = 4, 3, 4
FIGURES_CHARS = 12
FIGURES = re.compile(r"\d{1,3}(?:\s?[-–:.]\s?\d{1,3}){1,2}(?:\s?(?:h|Uhr|[ap]\.?m\.?))?")  # `2-1`, `14:32`
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


def vouched(bars: Bars, likely: Floats, are_sentences: Flags, are_pages: Flags, around: Around) -> Ruled:
    """No bar for lines that are vouched for."""
    rulings = np.zeros(len(likely), np.int8)
    are_texts = ~are_pages
    if not are_texts.any():
        return Ruled(bars, rulings)
    kept = likely > bars.own
    rulings[_between(kept, are_sentences & (around.lengths <= MOST_CHARS) & (likely > LEAST) & are_texts, around.owner)] = (
        Ruling.BETWEEN
    )
    kept_now = kept | (rulings != Ruling.NONE)
    rulings[_figures(kept_now, are_texts & (around.lengths <= FIGURES_CHARS), around)] = Ruling.FIGURES
    for rows in _interviews(kept_now, (likely > LEAST_VOICE) & are_texts, around):
        rulings[[row for row in rows if not kept[row]]] = Ruling.VOICE
    return Ruled(Bars(np.where(rulings != Ruling.NONE, np.float32(0), bars.own), bars.usual), rulings)


def _between(kept: Flags, may_stand: Flags, owner: Ints) -> Ints:
    """Lines that may stand between two that are kept, where nothing else stands there, and few of them."""
    at = true_at(kept)
    after, before = at[1:], at[:-1]
    some = true_at((after - before > 1) & (after - before <= MOST_LINES + 1) & (owner[after] == owner[before]))
    gaps = (np.arange(low + 1, high) for low, high in zip(before[some].tolist(), after[some].tolist(), strict=True))
    fit = [gap for gap in gaps if may_stand[gap].all()]
    return np.concatenate(fit) if fit else at[:0]


def _figures(kept: Flags, may_be: Flags, around: Around) -> Ints:
    """Lines that are a result or a time and nothing else, right between two that are kept."""
    may_be = may_be & ~kept
    may_be[1:] &= kept[:-1] & (around.owner[1:] == around.owner[:-1])
    may_be[:-1] &= kept[1:] & (around.owner[1:] == around.owner[:-1])
    may_be[[0, -1]] = False
    rows = true_at(may_be)
    lines = around.texts.take(pa.array(rows)).to_pylist()
    return rows[[FIGURES.fullmatch(line) is not None for line in lines]] if len(rows) else rows


def _interviews(kept: Flags, may_be: Flags, around: Around) -> Iterator[list[int]]:
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
