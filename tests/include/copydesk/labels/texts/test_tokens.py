from __future__ import annotations

import pyarrow as pa
import pytest

from copydesk.labels.texts.tokens import hashed, tokenize


def test_words_are_letters_and_figures_in_lower_case():
    found = tokenize(pa.array(["“Über 40 Masons’", None, "", "40"]))
    assert found.counts[found.text].tolist() == [3, 0, 0, 1]
    assert found.code.tolist()[:3] == hashed(["über", "40", "masons"]).tolist()
    assert found.letters.tolist()[:3] == [4, 2, 6]


def test_blocks_that_say_the_same_share_their_words():
    found = tokenize(pa.array(["a b", "c", "a b"]))
    block, place = found.by_block()
    assert block.tolist() == [0, 0, 1, 2, 2]
    assert found.code[place].tolist() == hashed(["a", "b", "c", "a", "b"]).tolist()


def test_the_opening_words_of_a_text_can_be_taken_alone():
    found = tokenize(pa.array(["a b c", "d"])).opening(2)
    assert found.counts.tolist() == [2, 1]
    assert found.code.tolist() == hashed(["a", "b", "d"]).tolist()


def test_what_is_not_one_word_has_no_number():
    with pytest.raises(ValueError, match="two words"):
        hashed(["one", "two words"])
