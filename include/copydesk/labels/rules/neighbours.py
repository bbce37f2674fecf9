"""Lines of a text that those around them vouch for: short sentences, results and lists between lines that are kept, and voices of an interview.

The networks take short lines for what stands beside an article, most of all where it has few others. In pages their elements tell.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from copydesk.fields.matching import Flags
from copydesk.labels.arrays import Floats, Ints, true_at
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.around import Around
from copydesk.labels.rules.interviews import interviews
from copydesk.labels.rules.ruling import Ruled, Ruling

MOST_CHARS, MOST_LINES = 120, 3  # of what stands between: a question, its answer, the next question
MOST_ITEMS, ANNOUNCING = 12, (":", "：")  # of a list, and how the line above it ends
LEAST = np.float32(0.15)  # how likely each of these lines must be
LEAST_VOICE = np.float32(0.03)  # how likely the first that are missed must be
FIGURES_CHARS = 12
FIGURES = re.compile(r"\d{1,3}(?:\s?[-–:.]\s?\d{1,3}){1,2}(?:\s?(?:h|Uhr|[ap]\.?m\.?))?")  # `2-1`, `14:32`


def vouched(ruled: Ruled, likely: Floats, are_pages: Flags, around: Around) -> Ruled:
    """No bar for lines that are vouched for; `ruled` is what was ruled before."""
    are_texts = ~are_pages
    if not are_texts.any():
        return ruled
    bars, rulings = ruled.bars, np.zeros(len(likely), np.int8)
    kept = likely > bars.own
    rulings[_between(kept, around.sentences & (around.lengths <= MOST_CHARS) & (likely > LEAST) & are_texts, around.owner)] = (
        Ruling.BETWEEN
    )
    rulings[_announced(kept, (around.lengths <= MOST_CHARS) & (likely > LEAST) & are_texts, around)] = Ruling.LISTED
    kept_now = kept | (rulings != Ruling.NONE)
    rulings[_figures(kept_now, are_texts & (around.lengths <= FIGURES_CHARS), around)] = Ruling.FIGURES
    for rows in interviews(kept_now, (likely > LEAST_VOICE) & are_texts, around):
        rulings[[row for row in rows if not kept[row]]] = Ruling.VOICE
    are_vouched = rulings != Ruling.NONE
    own = np.where(are_vouched, np.float32(0), bars.own)
    return Ruled(Bars(own, bars.usual), np.where(are_vouched, rulings, ruled.rulings))


def _between(kept: Flags, may_stand: Flags, owner: Ints) -> Ints:
    """Lines that may stand between two that are kept, where nothing else stands there, and few of them."""
    before, after = _gaps(kept, owner, MOST_LINES)
    return _filled(before, after, may_stand)


def _announced(kept: Flags, may_stand: Flags, around: Around) -> Ints:
    """The same of more lines, below one that announces a list."""
    before, after = _gaps(kept, around.owner, MOST_ITEMS)
    if not len(before):
        return before
    above = around.texts.take(pa.array(before)).to_pylist()
    announced = np.array([line.endswith(ANNOUNCING) for line in above], bool)
    return _filled(before[announced], after[announced], may_stand)


def _gaps(kept: Flags, owner: Ints, most: int) -> tuple[Ints, Ints]:
    """The kept lines above and below each gap of so many lines in a document."""
    at = true_at(kept)
    before, after = at[:-1], at[1:]
    some = (after - before > 1) & (after - before <= most + 1) & (owner[after] == owner[before])
    return before[some], after[some]


def _filled(before: Ints, after: Ints, may_stand: Flags) -> Ints:
    """The lines of the gaps of which all may stand there."""
    gaps = (np.arange(low + 1, high) for low, high in zip(before.tolist(), after.tolist(), strict=True))
    fit = [gap for gap in gaps if may_stand[gap].all()]
    return np.concatenate(fit) if fit else before[:0]


def _figures(kept: Flags, may_be: Flags, around: Around) -> Ints:
    """Lines that are a result or a time and nothing else, right between two that are kept."""
    may_be = may_be & ~kept
    may_be[1:] &= kept[:-1] & (around.owner[1:] == around.owner[:-1])
    may_be[:-1] &= kept[1:] & (around.owner[1:] == around.owner[:-1])
    may_be[[0, -1]] = False
    rows = true_at(may_be)
    lines = around.texts.take(pa.array(rows)).to_pylist()
    return rows[[FIGURES.fullmatch(line) is not None for line in lines]] if len(rows) else rows
