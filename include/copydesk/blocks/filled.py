"""Lines that were filled: each takes up all words that fit into a width, which is told from the words that did not.

That shows in languages which begin many words with a capital, in scripts without small letters, in columns as narrow as newspapers have them,
and beside headlines that are wider than the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk.fields.words import ends_sentence

NARROWEST, WIDEST = 24, 100  # cells, of which Chinese letters take two
FEWEST, FEWEST_ON = 5, 3  # breaks, and those behind which a sentence goes on
LEAST_FORCED, LEAST_EXPLAINED, MOST_ENDS, LEAST_ON = 0.5, 0.8, 0.5, 0.25
WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]")
LETTER, SIGN = 2, 2  # cells of a wide letter, and of the sign behind it that may not begin a line
DIVIDED = re.compile(r"[^\W\d_]{2}[-‐¬\u00ad]$")  # in a word that goes on in the next line
LEAD = re.compile(r"^\s*(?:\[\d{1,4}\])?")  # the number of a link may stand before the first word
SLACK = 2  # of lines set in letters of different widths
DIVIDED_CHARS = 6  # that may be left free before such a word

Break = tuple[str, str]  # a line of a paragraph and the one behind it


def filled_width(paragraphs: Sequence[Sequence[str]]) -> int | None:
    """The width to which the lines of the paragraphs were filled; None where they were not."""
    breaks = [(line, after) for lines in paragraphs for line, after in pairwise(lines)]
    going_on = [line for line, after in breaks if goes_on(after)]
    if len(breaks) < FEWEST or len(going_on) < FEWEST_ON:
        return None
    width = _widest(breaks, max(map(cells, going_on)))
    if not NARROWEST <= width <= WIDEST:
        return None
    forced = [(line, after) for line, after in breaks if is_forced(line, after, width)]
    ends = sum(map(_ends, forced))
    ends_free = sum(map(_ends, breaks)) - ends
    is_filled = (
        len(forced) >= LEAST_FORCED * len(breaks)
        and len(forced) + ends_free >= LEAST_EXPLAINED * len(breaks)
        and ends <= MOST_ENDS * len(forced)
        and sum(goes_on(after) for _, after in forced) >= max(FEWEST_ON, LEAST_ON * len(forced))
    )
    return width if is_filled else None


def _widest(breaks: Sequence[Break], width: int) -> int:
    """The width, where a line behind which a capital stands is a little longer than those behind which a sentence goes on."""
    return max(filter((width + 1 + width // 64).__ge__, (cells(line) for line, _ in breaks)), default=width)


def parts(lines: Sequence[str], width: int) -> Iterator[list[str]]:
    """The lines of a paragraph, parted behind one that had room for the next word: there its writer broke it."""
    part = [lines[0]]
    for line, after in pairwise(lines):
        if not is_forced(line, after, width) and not (_is_long(line, width) and LEAD.sub("", after, count=1)[:1].islower()):
            yield part
            part = []
        part.append(after)
    yield part


def is_forced(line: str, after: str, width: int) -> bool:
    """Whether the first word of the next line did not fit; a line wider than the others is none of them."""
    long = cells(line)
    if long > width:
        return False
    return long + _first_word(after) + SLACK > width or (long + DIVIDED_CHARS > width and DIVIDED.search(line) is not None)


def goes_on(line: str) -> bool:
    """Whether it begins with a letter that is no capital."""
    first = LEAD.sub("", line, count=1)[:1]
    return first.isalpha() and not first.isupper()


def cells(line: str) -> int:
    """How many the line takes up."""
    return len(line) if line.isascii() else len(line) + len(WIDE.findall(line))


def _first_word(line: str) -> int:
    """How many its first word takes up, with the blank before it."""
    word = line.split(None, 1)[0]
    return LETTER + SIGN if WIDE.match(word) else 1 + len(word)


def _is_long(line: str, width: int) -> bool:
    return width // 2 <= cells(line) <= width


def _ends(found: Break) -> bool:
    return ends_sentence(found[0])
