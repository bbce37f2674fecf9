"""The lines near a text that may say who signed it, picked out of those of thousands of texts at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly.document import Block, pieces
from copydesk.assembly.edges import Edges, Lines
from copydesk.fields.matching import Flags, among
from copydesk.fields.people.bylines import may_open_bylines
from copydesk.fields.people.signing import MAX_CHARS as NAMING_CHARS
from copydesk.fields.people.signing import may_name, may_tell
from copydesk.label_names import LABELS
from copydesk.labels.arrays import Ints, true_at

DATE = LABELS.index("date")
IS_SIGNING = np.isin(LABELS, ("byline", "date"))
MAX_CHARS = 120  # a longer line without the label is no byline
CLOSE = 3  # lines below a text in which it may be signed

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
    tells = may_tell(ending.texts)
    is_behind = ending.ordinals < edges.behind[ending.owner] + CLOSE
    opens, opens_behind = _may_open(opening), _may_open(ending)
    names = among(is_below & (opening.lengths <= NAMING_CHARS), opening.texts, may_name)
    names_behind = among((is_behind & (ending.lengths <= NAMING_CHARS)) | tells, ending.texts, may_name)
    signs, signs_behind = IS_SIGNING[opening.labels], IS_SIGNING[ending.labels] & is_behind

    def found(lines: Lines, which: Flags, read: Callable[[Lines, Ints], list[Item]]) -> Iterable[list[Item]]:
        places = true_at(which)
        if not len(places):
            return repeat([], len(titles))
        return pieces(read(lines, places), np.searchsorted(lines.owner[places], np.arange(len(titles) + 1)))

    return map(
        Near,
        found(opening, signs & is_above, _blocks),
        found(opening, signs & ~is_above, _blocks),
        found(ending, signs_behind, _blocks),
        found(opening, opens & is_below, _texts),
        found(ending, opens_behind & is_behind, _texts),
        found(opening, names, _blocks),
        found(ending, names_behind & is_behind, _texts),
        found(ending, names_behind & tells, _texts),
        found(opening, (opening.labels == DATE) & is_below, _ordinals),
        title.tolist(),
    )


def _blocks(lines: Lines, places: Ints) -> list[Block]:
    return lines.take(places).blocks()


def _texts(lines: Lines, places: Ints) -> list[str]:
    texts: list[str] = lines.texts.take(pa.array(places)).to_pylist()
    return texts


def _ordinals(lines: Lines, places: Ints) -> list[int]:
    ordinals: list[int] = lines.ordinals[places].tolist()
    return ordinals


def _may_open(lines: Lines) -> Flags:
    """Short lines that may open as a byline, and the short line that follows each of these: `By` may stand alone."""
    is_short = lines.lengths <= MAX_CHARS
    opens = among(is_short, lines.texts, may_open_bylines)
    short = true_at(is_short)
    follows = short[1:][opens[short[:-1]]]
    opens[follows] = True
    return opens


def _title_places(edges: Edges, titles: Sequence[str | None]) -> Ints:
    """The ordinal of the first line that is the title of its document, else of the line above the first."""
    lines, places = edges.opening, edges.opens - 1
    is_title = pc.equal(lines.texts, pa.array(titles, pa.string()).take(pa.array(lines.owner)))
    rows = true_at(pc.fill_null(is_title, False).to_numpy(zero_copy_only=False))[::-1]
    places[lines.owner[rows]] = lines.ordinals[rows]
    return places
