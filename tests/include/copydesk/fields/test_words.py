from __future__ import annotations

import pytest

from copydesk.fields.words import count_letters, count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Otters are back", 3),
        ("Die Brücke – noch zu", 5),
        ("渡轮重新开航", 6),
        ("渡轮 X-20 开航", 5),
        ("เรือ", 4),
        ("Ξανά ήρθαν", 2),
    ],
)
def test_letters_without_spaces_count_as_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_signs_of_those_scripts_are_no_letters() -> None:
    assert count_letters("€10 — “x” 渡。") == 1
