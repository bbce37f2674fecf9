"""Lines that are not asked who signed would have had no answer."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.fields.people.bylines import introduces_name, may_open_bylines, opens_byline
from copydesk.fields.people.signing import bearer, may_name, may_tell, signer

WORDS = (
    "By BY by Von von Ann Lee Bo Ek McDonald O'Hara d'Arcy Élodie ÉLODIE Ørsted 王小明 記者 Ида Квист de van der la e y is was has writes "
    "covers IST reporter Reporter Updated Dec 5, 2023 2 minutes ago the of The said · | – — , : ; - ( ) “ ” ‘ ’ * @ann "
    "ann@courier.example www.courier.example https://courier.example/ann Text: Foto: γράφει Συντάκτης автор Автор"
).split()
GAPS = (" ", " ", " ", "", "  ", "\u00a0", "\t", "\u3000")
LINES = st.lists(st.tuples(st.sampled_from(WORDS) | st.text(max_size=6), st.sampled_from(GAPS)), max_size=9).map(
    lambda parts: "".join(word + gap for word, gap in parts).replace("\n", " ")
)


@settings(max_examples=300)
@given(LINES)
def test_a_line_that_is_not_asked_names_nobody(line: str) -> None:
    texts = pa.array([line])

    if not may_name(texts)[0]:
        assert signer(line) is None
    if not (may_name(texts) & may_tell(texts))[0]:
        assert bearer(line) is None


@settings(max_examples=300)
@given(LINES)
def test_a_line_that_is_not_asked_opens_no_byline(line: str) -> None:
    if not may_open_bylines(pa.array([line]))[0]:
        assert not opens_byline(line)
        assert not introduces_name(line)


def test_most_lines_of_menus_and_sentences_are_not_asked() -> None:
    lines = ["The ferry came back on Monday.", "see more news", "3 hours ago", "Home", "Sport", "“Nobody believed it”, she said."]

    assert not may_name(pa.array(lines)).any()
    assert not may_open_bylines(pa.array(["Ferry returns", "Home", "Sport"])).any()
