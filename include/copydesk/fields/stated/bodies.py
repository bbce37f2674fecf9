"""An article's text as the page states it, held against the text that was found on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from copydesk.fields.folding import fold

MARKUP = re.compile(r"<[^<>]{0,2000}>")
PIECE = 24  # letters and figures; shorter pieces stand in other texts by chance
PIECES = 50  # of a text are looked for in the other: all would take twenty times as long and say the same
COVERED = 0.8  # of them; an editor's note, a caption or a byline more or less is no difference
MAX_CHARS = 200_000


class Agreement(NamedTuple):
    """How a stated text and the text found compare."""

    verdict: str  # one of schema.STATED_BODIES
    found: float  # share of the stated text that stands in the text found


def compare(stated: Sequence[str], body: str) -> Agreement | None:
    """The longest of the stated texts against `body`; None where none is stated."""
    if not stated:
        return None
    said = fold(MARKUP.sub(" ", unescape(max(stated, key=len)[:MAX_CHARS])))
    if not said:
        return None
    shown = fold(body[:MAX_CHARS])
    found = _share(said, shown)
    return Agreement(_verdict(found >= COVERED, _share(shown, said) >= COVERED), found)


def _share(text: str, other: str) -> float:
    """The share of pieces of `text`, evenly spread, that stand in `other`; nothing stands in anything."""
    if text in other:
        return 1.0
    step = max(1, len(text) // PIECES)
    starts = range(0, max(1, len(text) - PIECE + 1), step)
    return sum(text[at : at + PIECE] in other for at in starts) / len(starts)


def _verdict(is_found: bool, is_explained: bool) -> str:
    if is_found:
        return "same" if is_explained else "truncated"
    return "longer" if is_explained else "differs"
