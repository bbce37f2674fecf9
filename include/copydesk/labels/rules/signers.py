"""Paragraphs about who wrote the article: they open with a name that signs it, or that stands alone near them.

They are sentences among sentences, so that the networks take many for the article's last. Only such a paragraph that is in doubt is
cut for it: an article may be about people whose names stand above what it tells of each.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.fields.matching import Flags
from copydesk.fields.people.bylines import MAX_NAME_CHARS, is_person, parse_byline
from copydesk.labels.arrays import Ints, true_at
from copydesk.labels.rules.around import Around

REACH = 3  # blocks between the name and the paragraph
LEAST_CHARS = 40  # of the paragraph; shorter lines are rather a name with a trade
SIGNS = " \t*•|:–—-"  # that may stand around a name
MOST_MENTIONS = 1  # other paragraphs with a name that stands alone; whom more speak of, the article is about
PARAGRAPH_CHARS = 80
MOST_PEOPLE = 2  # of whom a document tells so; of more it is the article that tells
OPENING = re.compile(r"([^\W\d_][\w.'’-]*) +(?:[a-z]+ +)?([^\W\d_])")  # two words, with a small one between


def telling_of_signers(lines: pa.Array, rows: Ints, around: Around) -> Flags:
    """Which of the `lines`, blocks that stand at `rows`, tell so."""
    opening = [
        (place, line) for place, line in enumerate(lines.to_pylist()) if len(line) >= LEAST_CHARS and _opens_with_name(line)
    ]
    signing = _signing(around) if opening else {}
    told: dict[int, list[tuple[int, str]]] = {}  # by document: places among the lines, and whom each tells of
    for place, line in opening:
        row = int(rows[place])
        document = int(around.owner[row])
        signed = next((name for name in signing.get(document, ()) if _opens(line, name)), None)
        if name := signed or _alone(line, row, around):
            told.setdefault(document, []).append((place, name))
    found = np.zeros(len(lines), bool)
    for hits in told.values():
        places, names = zip(*hits, strict=True)
        found[list(places)] = len(set(names)) <= MOST_PEOPLE
    return found


def _signing(around: Around) -> dict[int, list[str]]:
    """The people in bylines, by document."""
    found: dict[int, list[str]] = {}
    for at in true_at(around.signs).tolist():
        found.setdefault(int(around.owner[at]), []).extend(parse_byline(around.texts[at].as_py()).authors)
    return found


def _opens_with_name(line: str) -> bool:
    """Whether its first words may be a name's: so do few."""
    opening = OPENING.match(line)
    return opening is not None and opening[1][0].isupper() and opening[2].isupper()


def _opens(line: str, name: str) -> bool:
    return line.startswith(name) and not line[len(name) : len(name) + 1].isalnum()


def _alone(line: str, row: int, around: Around) -> str | None:
    """The person that a line opens with, whose name stands alone within reach of it."""
    low, high = max(0, row - REACH), row + REACH + 1
    near = zip(around.owner[low:high].tolist(), around.lengths[low:high].tolist(), strict=True)
    for at, (document, length) in enumerate(near, low):
        if length <= MAX_NAME_CHARS and document == around.owner[row] and at != row:
            name = around.texts[at].as_py().strip(SIGNS)
            if name and _opens(line, name) and is_person(name) and _mentions(name, row, around) <= MOST_MENTIONS:
                return str(name)
    return None


def _mentions(name: str, row: int, around: Around) -> int:
    """In how many other paragraphs of the document of that row the name stands."""
    low, high = np.searchsorted(around.owner, [around.owner[row], around.owner[row] + 1]).tolist()
    mention = pc.match_substring(around.texts.slice(low, high - low), name).to_numpy() & (
        around.lengths[low:high] >= PARAGRAPH_CHARS
    )
    return int(mention.sum() - mention[row - low])
