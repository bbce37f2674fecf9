"""What differs between two texts: paragraph by paragraph, and word by word within those that changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal, NamedTuple

from copydesk.views.visible import visible

WORD = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|\s+|."
)
ALIKE = 0.3  # paragraphs that share less are two, of which one went and the other came
MAX_PARAGRAPHS = 400
MAX_WORDS = 1_500  # of a paragraph: comparing takes the square of it
MAX_CHARACTERS = 8_000  # shown of a paragraph

Kind = Literal["same", "gone", "come"]


class Piece(NamedTuple):
    """Words that stayed, went or came."""

    kind: Kind
    text: str


class Line(NamedTuple):
    """A paragraph in pieces; or how many paragraphs stayed as they were, in a row."""

    pieces: list[Piece]
    unchanged: int = 0


def differences(old: Sequence[str], new: Sequence[str]) -> list[Line]:
    """The changed paragraphs of the first few hundred of each text, and between them how many did not change."""
    before, after = ([text[:MAX_CHARACTERS] for text in texts[:MAX_PARAGRAPHS]] for texts in (old, new))
    return list(_lines(before, after))


def _lines(old: list[str], new: list[str]) -> Iterator[Line]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Line([], b - a)
            continue
        for before, after in zip_longest(old[a:b], new[c:d], fillvalue=""):
            yield from _changed(before, after)


def _changed(old: str, new: str) -> Iterator[Line]:
    if pieces := words(old, new):
        yield Line(pieces)
        return
    yield from (Line([Piece(kind, visible(text))]) for kind, text in _whole(old, new))


def _whole(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield Piece("gone", old)
    if new:
        yield Piece("come", new)


def words(old: str, new: str) -> list[Piece]:
    """The words of both in order; nothing where they have too little in common, or are too many to compare."""
    before, after = WORD.findall(old), WORD.findall(new)
    if not before or not after or max(len(before), len(after)) > MAX_WORDS:
        return []
    if _shared(before, after) < ALIKE:
        return []
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", visible("".join(before[a:b]))))
            continue
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        pieces += [Piece(piece.kind, visible(piece.text)) for piece in _whole(gone, come)]
    return pieces


def _shared(before: list[str], after: list[str]) -> float:
    """The share of words that both have, wherever they stand."""
    old, new = (Counter(word for word in found if not word.isspace()) for found in (before, after))
    return 2 * (old & new).total() / max(old.total() + new.total(), 1)
