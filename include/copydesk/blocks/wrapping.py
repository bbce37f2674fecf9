"""Texts whose lines were broken to a width, as wires and mails are: a paragraph is many lines, and blank lines part paragraphs.

A line is a block, so such a text would be labelled in pieces of sentences. It is told by what no other text has: no line is longer than a
page is wide, most lines fill that width, and most of those that follow them go on in small letters, as headlines in a list never do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.blocks.filled import DIVIDED, filled_width, goes_on
from copydesk.blocks.filled import parts as filled_parts
from copydesk.fields.words import WITHOUT_SPACES

NARROWEST, WIDEST = 40, 100  # characters of the longest line
LONGEST_WORD = 25  # a full line lacks no more than the word that did not fit
FEWEST = 3  # lines that go on
MOST_BYTES = 4 * WIDEST  # of a line of so many characters
INDENTED = re.compile(r"[ \t]+")
ITEM = re.compile(r"[ \t]*[*+•◦▪●■][ \t]+\S")  # of a list; a sentence may go on with a dash
FIRST_WORD, LAST_WORD = re.compile(r"[^\W\d_]+"), re.compile(r"(?<![^\W\d_])[^\W\d_]+-$")
COMPOUND = re.compile(r"(?<![^\W\d_])(?=([^\W\d_]+-[^\W\d_]+))")  # of `two-and-two` both
WIDE = rf"{WITHOUT_SPACES}\u3001-\u303f\uff01-\uff60"
UNSPACED = re.compile(rf"[{WIDE}][{WIDE}“”‘’…—]|[“”‘’…—][{WIDE}]")  # no blank stood where a line breaks between two of them
# Lines that end so, and their share, where words were divided; else `well-known` stood there.
FEWEST_BROKEN, LEAST_BROKEN = 2, 0.04
# `Nord- und Südsee`
JOINING = frozenset("and or und oder bzw bis et ou y o e i en of och eller og eller ja tai oraz lub a или и".split())


def unwrapped(texts: pa.Array, lines: pa.ListArray) -> pa.Array:
    """The texts, those that were wrapped with each paragraph in one line; `lines` are theirs."""
    may_be = np.flatnonzero(_longest(lines, pc.binary_length) <= MOST_BYTES)
    may_be = may_be[_longest(lines.take(pa.array(may_be)), _characters) <= WIDEST]  # of 780 texts 282 come here, and 6 go on
    found = {at: text for at in may_be.tolist() if (text := unwrap(texts[at].as_py())) is not None}
    if not found:
        return texts
    mask = np.zeros(len(texts), bool)
    mask[list(found)] = True
    return pc.replace_with_mask(texts, pa.array(mask), pa.array(found.values(), pa.string()))


def unwrap(text: str) -> str | None:
    """The text with a paragraph a line; None where it was not wrapped."""
    found = wrapped_paragraphs([line.rstrip() for line in text.split("\n")])
    return None if found is None else "\n".join(rejoined(found, text))


def wrapped_paragraphs(lines: Sequence[str]) -> list[list[str]] | None:
    """The lines of each paragraph, without blank ones; None where they were not wrapped."""
    if sum(map(goes_on, lines)) < FEWEST:
        return None
    paragraphs = list(typed_paragraphs(lines))
    if (filled := filled_width(paragraphs)) is not None:
        return [part for lines in paragraphs for part in filled_parts(lines, filled)]
    width = max(map(len, lines))
    if not NARROWEST <= width <= WIDEST:
        return None
    breaks = [(line, after) for lines in paragraphs for line, after in pairwise(lines)]
    full = [after for line, after in breaks if _is_full(line, width)]
    going_on = list(filter(_goes_on, full))
    if len(going_on) < FEWEST or 2 * len(full) <= len(breaks) or 2 * len(going_on) <= len(full):
        return None
    return [part for lines in paragraphs for part in _parts(lines, width)]


def rejoined(paragraphs: Sequence[Sequence[str]], text: str) -> Iterator[str]:
    """The lines of each paragraph as one; `text` is that of all. Words that were divided at the end of a line are whole again."""
    stripped = [list(map(str.strip, lines)) for lines in paragraphs]
    breaks = [(line, after) for lines in stripped for line, after in pairwise(lines)]
    broken = sum(map(_is_broken, *zip(*breaks, strict=True))) if breaks else 0
    divides = broken >= FEWEST_BROKEN and broken >= LEAST_BROKEN * len(breaks)
    compounds = frozenset(COMPOUND.findall(text)) if divides else frozenset[str]()
    return (_as_one(lines, divides, compounds) for lines in stripped)


def _as_one(lines: Sequence[str], divides: bool, compounds: Collection[str]) -> str:
    parts = [lines[0]]
    for line, after in pairwise(lines):
        if not _is_broken(line, after):
            parts.append("" if UNSPACED.match(line[-1:] + after[:1]) else " ")
        elif divides and _joined(line, after) not in compounds:
            parts[-1] = parts[-1][:-1]
        parts.append(after)
    return "".join(parts)


def _is_broken(line: str, after: str) -> bool:
    """Whether the last word of a line goes on in the next."""
    first = FIRST_WORD.match(after)
    return first is not None and after[0].islower() and first[0] not in JOINING and DIVIDED.search(line) is not None


def _joined(line: str, after: str) -> str:
    """The last word of a line, whose hyphen may be its own, and the first of the next."""
    last, first = LAST_WORD.search(line), FIRST_WORD.match(after)
    return last[0] + first[0] if last and first else ""


def _longest(lines: pa.ListArray, measure: Callable[[pa.Array], pa.Array]) -> NDArray[np.int32]:
    """The longest line of each text; there is one in each."""
    lengths = measure(pc.list_flatten(lines)).to_numpy()
    counts = pc.list_value_length(lines).to_numpy()
    found: NDArray[np.int32] = np.maximum.reduceat(lengths, np.cumsum(counts) - counts) if len(counts) else lengths
    return found


def _characters(lines: pa.Array) -> pa.Array:
    """Of each line, without the spaces behind it."""
    return pc.utf8_length(pc.utf8_rtrim_whitespace(lines))


def typed_paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines between blank ones; a line that is set in begins one too, where the line above is not, and so does an item of a list."""
    paragraph: list[str] = []
    for line in lines:
        is_set_in = INDENTED.match(line) is not None
        begins = (is_set_in and not INDENTED.match(paragraph[-1])) if paragraph else False
        if paragraph and (not line.strip() or begins or ITEM.match(line)):
            yield paragraph
            paragraph = []
        if line.strip():
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _goes_on(line: str) -> bool:
    """Whether it begins with a small letter."""
    return line.lstrip()[:1].islower()


def _is_full(line: str, width: int) -> bool:
    return len(line) >= width - LONGEST_WORD


def _parts(lines: Sequence[str], width: int) -> Iterator[list[str]]:
    """The lines of a paragraph, parted behind a line that was not full: there its writer broke it."""
    part: list[str] = []
    for line in lines:
        part.append(line)
        if not _is_full(line, width):
            yield part
            part = []
    if part:
        yield part
