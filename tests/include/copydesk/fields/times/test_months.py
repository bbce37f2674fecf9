from __future__ import annotations

import pytest

from copydesk.fields.times.months import month_of


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("Sept.", 9), ("JÄNNER", 1), ("août", 8), ("septiembre", 9), ("maggio", 5), ("março", 3), ("października", 10), ("мая", 5),
        ("Φεβρουαρίου", 2), ("ΜΑΪΟΥ", 5), ("maart", 3), ("Ağustos", 8), ("června", 6), ("července", 7), ("joulukuuta", 12),
        ("júní", 6), ("szeptember", 9), ("lapkričio", 11), ("ديسمبر", 12), ("जुलाई", 7), ("Mei", 5),
    ],
)  # fmt: skip
def test_months_are_known_by_the_names_newspapers_print(word: str, number: int) -> None:
    assert month_of(word) == number


def test_a_name_that_two_languages_share_is_read_in_the_language_of_the_text() -> None:
    assert (month_of("listopada", "pl"), month_of("listopada", "hr"), month_of("listopada")) == (11, 10, 11)


@pytest.mark.parametrize("word", ["", "Market", "Mayor", "Decide", "Monday"])
def test_other_words_are_no_months(word: str) -> None:
    assert month_of(word) is None
