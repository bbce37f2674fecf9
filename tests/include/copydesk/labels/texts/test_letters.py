from __future__ import annotations

import pyarrow as pa
import pytest

from copydesk.labels.texts.characters import characters
from copydesk.labels.texts.letters import count_letters


def counts(line: str) -> dict[str, float]:
    """Of a line between two others, so that what crosses an edge would show."""
    (found,) = characters(pa.array(["End.", line, "A"]))
    return {name: float(values[1]) for name, values in count_letters(found).items()}


def test_letters_capitals_figures_and_commas_are_counted():
    found = counts("Über 3 Äpfel, 12 Birnen")
    assert found["words"] == 5
    assert found["letters"] == 15
    assert found["capitals"] == 3
    assert found["digits"] == 3
    assert found["commas"] == 1
    assert found["chars"] == 23


def test_words_with_a_capital_count_behind_quotation_marks_and_brackets():
    assert counts("“Yes” said (“Anna”) to bob")["capitalised"] == 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("One sentence alone.", False),
        ("It ended. Then it began.", True),
        ("“It ended.” Then it began.", True),
        ("It ended. “Then it began.”", True),
        ("It cost 3.5 m. of rope", False),
        ("他走了。她来了。", True),
        ("他走了。", False),
        ("» It began after another line.", False),
    ],
)
def test_several_sentences_are_told_from_one(line, expected):
    assert (counts(line)["sentences"] > 0) is expected


@pytest.mark.parametrize(("lines", "expected"), [(["", ""], [0, 0]), ([], [])])
def test_empty_lines_and_no_lines_have_nothing(lines, expected):
    (found,) = characters(pa.array(lines, pa.string()))
    assert count_letters(found)["words"].tolist() == expected
