from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from copydesk import explain
from copydesk.labels.rules.around import Around
from copydesk.labels.rules.opened import REACH, below_openings
from copydesk.labels.rules.ruling import WORDS, Ruling

OPENING, HEADLINE = "Recommended", "Fishermen protest at the coal pier"
SENTENCE = "The slip was built in 1911, and repaired after storms."


def below(lines: list[str], kept: tuple[int, ...] = (), documents: list[int] | None = None) -> list[int]:
    """Which of the lines stand below an opening; those `kept` would be."""
    flags = [np.array([line == other for line in lines]) for other in (None, SENTENCE, OPENING)]
    lengths, owner = np.array([len(line) for line in lines]), np.array(documents or [0] * len(lines))
    around = Around(pa.chunked_array([lines]), lengths, owner, *flags)
    found = below_openings(np.arange(len(lines)), np.isin(np.arange(len(lines)), kept), around)
    return np.flatnonzero(found).tolist()


def test_headlines_below_an_opening_are_found_up_to_the_next_sentence() -> None:
    assert below([SENTENCE, OPENING, HEADLINE, HEADLINE, SENTENCE, HEADLINE]) == [2, 3]
    assert below([OPENING, *[HEADLINE] * (REACH + 2)]) == list(range(1, REACH + 1))


def test_an_opening_that_is_kept_or_of_another_document_opens_nothing() -> None:
    assert below([OPENING, HEADLINE], kept=(0,)) == []
    assert below([OPENING, HEADLINE], documents=[0, 1]) == []
    assert below([HEADLINE, HEADLINE]) == []


@pytest.mark.parametrize("line", ["What it costs", "A headline " * 13])
def test_sub_headings_and_paragraphs_are_left(line: str) -> None:
    assert below([OPENING, line]) == []


def test_what_is_cut_for_it_says_so() -> None:
    story = [
        "The harbour council voted by seven to four on Monday to close the old ferry slip at Penmoor and to build a new one "
        "two hundred metres to the north, where the water is deeper.",
        "Work is to begin in April and will last eighteen months, engineers told the meeting, during which boats will land at the pier.",
        "The slip was built in 1911 and repaired after storms in 1953 and 1987. Divers who inspected it in September found that a "
        "third of its piles had rotted.",
        "The ferry company said fares would not rise before 2028.",
    ]
    rail = [OPENING, "Storm takes two planks from the landing stage", HEADLINE]
    lines = ["Penmoor to get a new ferry slip", "Dora Finch", *story[:2], *rail, *story[2:]]
    told = explain({"id": "a", "content": "\n\n".join(lines), "media_type": "text/plain"}).to_pylist()

    assert [row["text"] for row in told if row["kept"]] == story
    assert WORDS[Ruling.OPENED] in [row["reasons"][0] for row in told]
