from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from copydesk.fields.folding import SHORT_CHARS, fold, unaccented
from timing import done_within


@given(st.text(), st.sampled_from([1, SHORT_CHARS + 1]))
def test_letters_and_figures_are_left_in_lower_case(text: str, times: int) -> None:
    text *= times  # the long one is looked up in a table

    assert fold(text) == "".join(re.findall(r"[^\W_]+", text.casefold()))


def test_signs_and_capitals_of_all_scripts_go() -> None:
    assert fold("  The Mill’s — “Étude” 2_b: ΣΟΦΌΣ, Straße; 你好。") == "themillsétude2bσοφόσstrasse你好"


def test_a_text_of_every_character_there_is_takes_no_minutes() -> None:
    every = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    done_within(10, lambda: fold(every))


def test_letters_lose_their_accents_as_addresses_write_them() -> None:
    assert unaccented("fährt über straße, café, łódź") == "faehrt ueber strasse, cafe, lodz"
    assert unaccented("новости 新闻") == "новости 新闻"
