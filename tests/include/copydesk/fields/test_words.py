from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.fields.words import LETTER_WITHOUT_SPACES, STOPLESS_CHARS, count_letters, count_words, ends_sentence


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
        ("10\u00a0000\u2009km\x85away\u3000now", 5),
        ("a\u200bb — c", 3),
    ],
)
def test_letters_without_spaces_count_as_words(text: str, words: int) -> None:
    assert count_words(pa.array(["a b", text, "c"])).tolist() == [2, words, 1]


@given(st.lists(st.text()))
def test_words_are_what_stands_between_spaces_and_letters_that_need_none(texts: list[str]) -> None:
    spaced = [LETTER_WITHOUT_SPACES.sub(" a ", text) for text in texts]
    assert count_words(pa.array(texts, pa.string())).tolist() == [len(text.split()) for text in spaced]


def test_signs_of_those_scripts_are_no_letters() -> None:
    assert count_letters("€10 — “x” 渡。") == 1


@pytest.mark.parametrize(
    "text", ["He left.", "“Yes!”) ", "他走了。」", "သွားသည်။", "ก" * STOPLESS_CHARS, "“" + "ก" * STOPLESS_CHARS + "”"]
)
def test_a_sentence_ends_with_its_sign_or_as_a_long_line_of_a_script_that_has_none(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "He left", "”", "ก" * (STOPLESS_CHARS - 1), "ก" * STOPLESS_CHARS + " 2569"])
def test_other_lines_end_none(text: str) -> None:
    assert not ends_sentence(text)
