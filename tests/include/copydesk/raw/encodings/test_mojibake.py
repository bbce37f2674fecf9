from __future__ import annotations

import pytest
from ftfy import fix_encoding
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.raw.encodings.mojibake import repair

SIGNS = [*"éü“—ñÃ©’…abíÀß日П ", "\xa0", "\x1a", "\x85", "\x92", "à "]
WRONG = ("latin-1", "sloppy-windows-1252", "utf-8")


def garble(text: str, encoding: str) -> str:
    return text.encode().decode(encoding)


@given(st.lists(st.sampled_from(SIGNS), max_size=10), st.sampled_from(WRONG), st.sampled_from(WRONG), st.text(max_size=3))
@example(list("schön"), "latin-1", "latin-1", "")
@example(list("“zitiert”"), "sloppy-windows-1252", "utf-8", "é")
def test_it_is_what_ftfy_makes_of_it(signs, first, second, behind):
    text = garble(garble("".join(signs), first), second) + behind
    assert repair(text) == fix_encoding(text)


@pytest.mark.parametrize("text", ["schön und grün", "“quoted” — and dashed", "日本"])
@pytest.mark.parametrize("encoding", WRONG)
def test_text_is_set_right_however_it_was_read(text, encoding):
    assert repair(garble(text, encoding)) == text
