from __future__ import annotations

import pyarrow as pa
import pytest

from copydesk.labels.letters import count_letters


def counts(line: str) -> dict[str, float]:
    """Of a line between two others, so that what crosses an edge would show."""
    return {name: float(values[1]) for name, values in count_letters(pa.array(["End.", line, "A"])).items()}


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
    ],
)
def test_several_sentences_are_told_from_one(line, expected):
    assert (counts(line)["sentences"] > 0) is expected


def test_empty_lines_and_no_lines_have_nothing():
    assert count_letters(pa.array(["", ""]))["words"].tolist() == [0, 0]
    assert count_letters(pa.array([], pa.string()))["chars"].tolist() == []
