"""Where tags may begin in a page that is not parsed yet, and with which letters: looked for once, for all that is checked of it."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from copydesk.blocks.stretches import Flags, Numbers
from copydesk.blocks.tags import LESS

CASE = 0x20  # the bit that parts a small letter from its capital


class Openings:
    """The places of `<` in a page."""

    def __init__(self, html: bytes) -> None:
        self.html = html
        self._codes = np.frombuffer(html, np.uint8)
        self.at: Numbers = np.flatnonzero(self._codes == LESS)

    def __len__(self) -> int:
        return len(self.at)

    @cached_property
    def heads(self) -> Numbers:
        """The two letters behind each, but for what the page ends with, as one number in lower case."""
        at = self.at[: np.searchsorted(self.at, len(self.html) - 2)]
        return (self._codes[at + 1] | CASE).astype(np.int64) << 8 | (self._codes[at + 2] | CASE)

    @cached_property
    def starts(self) -> int:
        """How many of them open a tag that may open an element: a letter stands behind."""
        letters = self.heads >> 8
        return int(np.count_nonzero((letters >= ord("a")) & (letters <= ord("z"))))

    @cached_property
    def _met(self) -> tuple[Flags, Flags]:
        """Which pairs of letters tags begin with, and which stand behind their first one."""
        first, second = np.zeros((2, 1 << 16), bool)
        first[self.heads] = True
        third = self._codes[self.at[: np.searchsorted(self.at, len(self.html) - 3)] + 3] | CASE
        second[(self.heads[: len(third)] & 0xFF) << 8 | third] = True
        return first, second

    def may_open(self, name: str) -> bool:
        """Whether a tag of that name, in lower case, may stand in the page, by three of its letters."""
        first, second = self._met
        return bool(first[_pair(name)]) and (len(name) == 2 or bool(second[_pair(name[1:])]))

    def beginning(self, name: str) -> list[int]:
        """Those before the first two letters of a name."""
        at: list[int] = self.at[: len(self.heads)][self.heads == _pair(name)].tolist()
        return at

    def before_gaps(self, size: int) -> list[int]:
        """The last before each stretch without any; stretches begin at multiples of `size`."""
        holds = np.zeros(-(-len(self.html) // size) + 1, bool)
        holds[0] = True  # before the page
        holds[self.at // size + 1] = True
        gaps = np.flatnonzero(holds[:-1] & ~holds[1:])
        places = np.searchsorted(self.at, gaps * size) - 1
        return [int(self.at[place]) if place >= 0 else 0 for place in places.tolist()]


def _pair(letters: str) -> int:
    return ord(letters[0]) << 8 | ord(letters[1])
