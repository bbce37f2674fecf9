"""The lines near a text that may say who signed it, picked out of those of thousands of texts at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.assembly.document import Block, pieces
from copydesk.assembly.edges import Edges, Lines
from copydesk.fields.people import may_open_bylines
from copydesk.fields.signing import may_name, may_tell
from copydesk.label_names import LABELS
from copydesk.labels.arrays import Ints

DATE = LABELS.index("date")
IS_SIGNING = np.isin(LABELS, ("byline", "date"))
MAX_CHARS = 120  # a longer line without the label is no byline
CLOSE = 3  # lines below a text in which it may be signed

Flags = NDArray[np.bool_]
Item = TypeVar("Item")


class Near(NamedTuple):
    """The lines near one text that may say who signed it, by how they would; others are not asked. Names above the title belong to menus."""

    labelled_above: list[Block]  # as bylines or date lines, above the first paragraph
    labelled_beneath: list[Block]  # from the first paragraph on
    labelled_behind: list[Block]  # right behind the text
    opening_below: list[str]  # as bylines open, below the title
    opening_behind: list[str]  # right behind the text
    naming_below: list[Block]  # beginning as names do, below the title
    naming_behind: list[str]  # right behind the text
    telling: list[str]  # behind the text, perhaps of who wrote it
    dates: list[int]  # ordinals of the date lines below the title
    title: int  # its ordinal, or that of the line above all of these


def near_texts(edges: Edges, titles: Sequence[str | None]) -> Iterator[Near]:
    """What stands near the text of each document, whose title is known."""
    title = _title_places(edges, titles)
    opening, ending = edges.opening, edges.ending
    is_above, is_below = opening.ordinals < edges.first[opening.owner], opening.ordinals > title[opening.owner]
    is_behind = ending.ordinals < edges.behind[ending.owner] + CLOSE
    signs, signs_behind = IS_SIGNING[opening.labels], IS_SIGNING[ending.labels] & is_behind
    may_name_behind = may_name(ending.texts)

    def found(lines: Lines, which: Flags, read: Callable[[Lines], list[Item]]) -> Iterator[list[Item]]:
        taken = lines.take(np.flatnonzero(which))
        return pieces(read(taken), np.searchsorted(taken.owner, np.arange(len(titles) + 1)))

    return map(
        Near,
        found(opening, signs & is_above, Lines.blocks),
        found(opening, signs & ~is_above, Lines.blocks),
        found(ending, signs_behind, Lines.blocks),
        found(opening, _may_open(opening) & is_below, _texts),
        found(ending, _may_open(ending) & is_behind, _texts),
        found(opening, may_name(opening.texts) & is_below, Lines.blocks),
        found(ending, may_name_behind & is_behind, _texts),
        found(ending, may_name_behind & may_tell(ending.texts), _texts),
        found(opening, (opening.labels == DATE) & is_below, lambda lines: lines.ordinals.tolist()),
        title.tolist(),
    )


def _texts(lines: Lines) -> list[str]:
    texts: list[str] = lines.texts.to_pylist()
    return texts


def _may_open(lines: Lines) -> Flags:
    """Short lines that may open as a byline, and the short line that follows each of these: `By` may stand alone."""
    is_short = pc.less_equal(pc.utf8_length(lines.texts), MAX_CHARS).to_numpy(zero_copy_only=False)
    opens: Flags = may_open_bylines(lines.texts) & is_short
    short = np.flatnonzero(is_short)
    follows = short[1:][opens[short[:-1]]]
    opens[follows] = True
    return opens


def _title_places(edges: Edges, titles: Sequence[str | None]) -> Ints:
    """The ordinal of the first line that is the title of its document, else of the line above the first."""
    lines, places = edges.opening, edges.opens - 1
    is_title = pc.equal(lines.texts, pa.array(titles, pa.string()).take(pa.array(lines.owner)))
    rows = np.flatnonzero(pc.fill_null(is_title, False).to_numpy(zero_copy_only=False))[::-1]
    places[lines.owner[rows]] = lines.ordinals[rows]
    return places
