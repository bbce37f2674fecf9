"""Why a block is kept or cut against what its own chances say: rules beside the networks, each with its reason in words."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk.labels.arrays import Floats
from copydesk.labels.networks.bars import Bars


class Ruling(IntEnum):
    """What decided; `NONE` where the chances did."""

    NONE = 0
    SIGNER = 1
    POINTER = 2
    CLASS = 3
    BETWEEN = 4
    VOICE = 5
    FIGURES = 6
    CREDIT = 7
    PRECISION = 8
    RECALL = 9
    LISTED = 10
    LEAD = 11
    OPENED = 12
    EVERYTHING = 13
    OPENING = 14


Rulings = NDArray[np.int8]  # one a block


class Ruled(NamedTuple):
    """How likely each block must be, with what rules make of it."""

    bars: Bars
    rulings: Rulings


class Settled(NamedTuple):
    """How likely each block belongs to the article of its document, and what that must pass."""

    likely: Floats
    ruled: Ruled

    @property
    def are_kept(self) -> NDArray[np.bool_]:
        """Which blocks are the article's own."""
        return self.likely > self.ruled.bars.own


WORDS = {
    Ruling.SIGNER: "tells of who signed",
    Ruling.POINTER: "is worded like a pointer, a notice or an advertisement",
    Ruling.OPENED: "a headline below a line that opens a rail",
    Ruling.CREDIT: "is worded like a caption, or ends in a picture's credit",
    Ruling.CLASS: "its class says that it is no text",
    Ruling.BETWEEN: "a short sentence between lines of the article",
    Ruling.FIGURES: "a result or a time between lines of the article",
    Ruling.LISTED: "an item of a list between paragraphs of the article",
    Ruling.OPENING: "the document begins with this sentence, and goes on with the next",
    Ruling.LEAD: "stands above the text, and is likely its first paragraph",
    Ruling.VOICE: "one of the voices of an interview",
    Ruling.PRECISION: "in doubt, and precision is favored",
    Ruling.RECALL: "in doubt, and recall is favored",
    Ruling.EVERYTHING: "everything is favored: nothing is cut",
}
