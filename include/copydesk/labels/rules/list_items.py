"""Items of a list that stands among the paragraphs of a page: short lines without an end, which the networks take for a rail."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints, sums, true_at
from copydesk.labels.features.matrix import Features
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.ruling import Ruled, Ruling
from copydesk.labels.texts.characters import Flags

MOST_LINKED = 0.3  # share of a list's characters that lead elsewhere; more is a list of stories


def listed(ruled: Ruled, likely: Floats, found: Features, blocks: pa.Table) -> Ruled:
    """No bar for items of lists that stand between two kept blocks; `ruled` is what was ruled before."""
    items = true_at(found.select(["tag_li"])[:, 0] > 0) if found.has_pages else np.zeros(0, np.int64)
    if not len(items):
        return ruled
    kept = likely > ruled.bars.own
    containers, link_chars = (pc.fill_null(blocks[name], 0).to_numpy() for name in ("container", "link_chars"))  # of texts null
    first, last = _lists(items, containers)
    kept_before, characters, linked = map(sums, (kept, found.lengths, link_chars))
    are_plain = linked[last + 1] - linked[first] <= MOST_LINKED * (characters[last + 1] - characters[first])
    are_cut = kept_before[last + 1] - kept_before[first] < last + 1 - first
    some = true_at(are_plain & are_cut & _are_between(kept, blocks["document"].to_numpy(), first, last))
    rulings, own = ruled.rulings.copy(), ruled.bars.own.copy()
    for low, high in zip(first[some].tolist(), last[some].tolist(), strict=True):
        rows = low + true_at(~kept[low : high + 1])
        rulings[rows], own[rows] = Ruling.LISTED, 0
    return Ruled(Bars(own, ruled.bars.usual), rulings)


def _lists(items: Ints, containers: Ints) -> tuple[Ints, Ints]:
    """The first and the last row of each list, of the rows of all items."""
    ends = true_at((np.diff(items) > 1) | (np.diff(containers[items]) != 0))
    return items[np.append(0, ends + 1)], items[np.append(ends, len(items) - 1)]


def _are_between(kept: Flags, owner: Ints, first: Ints, last: Ints) -> Flags:
    """Which stretches have a kept block of their document right above and right below."""
    kept, owner = np.pad(kept, 1), np.pad(owner, 1, constant_values=-1)
    found: Flags = kept[first] & kept[last + 2] & (owner[first] == owner[first + 1]) & (owner[last + 2] == owner[last + 1])
    return found
