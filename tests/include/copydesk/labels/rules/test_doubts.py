from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from copydesk.fields.matching import FEW
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.around import Around
from copydesk.labels.rules.doubts import MOST_CHARS, SURE, doubt
from copydesk.labels.rules.ruling import Ruled, Ruling
from copydesk.labels.texts.tokens import Tokens
from timing import done_within

PARAGRAPH = "The ferry ran again on Monday, three weeks after the storm, and forty cars drove aboard."


def rulings(lines: list[str], likely: list[float] | None = None) -> list[int]:
    """What is said of the lines of one text, all of which would be kept; as likely as .6 unless told."""
    chances = np.array(likely or [0.6] * len(lines), np.float32)
    owner, lengths = np.zeros(len(lines), np.int64), np.array([len(line) for line in lines])
    around = Around(pa.chunked_array([lines]), lengths, owner, *np.zeros((3, len(lines)), bool))
    none = np.zeros(0, np.int64)
    classes = Tokens(none.astype(np.uint64), none, np.zeros(1, np.int64), np.zeros(len(lines), np.int64))
    bars = Bars(*np.full((2, len(lines)), 0.5, np.float32))
    found = doubt(Ruled(bars, np.zeros(len(lines), np.int8)), chances, chances * lengths, classes, around)
    assert ((found.rulings != Ruling.NONE) == (found.bars.own == SURE)).all()
    return found.rulings.tolist()


@pytest.mark.parametrize("times", [1, FEW])
def test_each_kind_of_doubt_has_its_ruling(times: int) -> None:
    lines = [PARAGRAPH, "Advertisement", "The pier after the storm. Ada Lind/AFP"] * times + [PARAGRAPH]

    assert rulings(lines) == [Ruling.NONE, Ruling.POINTER, Ruling.CREDIT] * times + [Ruling.NONE]


def test_what_is_sure_or_cut_anyway_is_left() -> None:
    assert rulings(["Advertisement"] * 3, [0.96, 0.6, 0.3]) == [Ruling.NONE, Ruling.POINTER, Ruling.NONE]


def test_a_long_line_is_no_caption_wherever_it_is_cut() -> None:
    long = "The pier after the storm. " * 40 + "Ada Lind/AFP"

    assert rulings([long[:MOST_CHARS], long, PARAGRAPH]) == [Ruling.NONE] * 3
    assert rulings([long[-100:], PARAGRAPH]) == [Ruling.CREDIT, Ruling.NONE]


@pytest.mark.parametrize(
    "piece",
    [
        "share ",
        "e-mail e-",
        "teilen |",
        "we use a b c ",
        "(",
        "read more ",
        "Ada ",
        "A/",
        "Ada and ",
        "Photo: ",
        "Courtesy of ",
        "a. B ",
    ],
)
def test_no_line_takes_long(piece: str) -> None:
    line = piece * (400_000 // len(piece)) + "x"

    done_within(4, lambda: rulings([line, PARAGRAPH]))
    done_within(4, lambda: rulings([line] * (FEW + 1)))
