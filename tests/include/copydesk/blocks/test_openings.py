from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.blocks.openings import Openings


@given(st.text("<ab", max_size=40))
def test_before_each_stretch_without_a_tag_stands_the_last_one(text: str) -> None:
    stretches = [text[at : at + 4] for at in range(0, len(text), 4)]
    gaps = [n for n, stretch in enumerate(stretches) if "<" not in stretch and (n == 0 or "<" in stretches[n - 1])]

    assert Openings(text.encode()).before_gaps(4) == [max(text.rfind("<", 0, 4 * n), 0) for n in gaps]


def test_a_page_has_no_elements_but_those_whose_first_letters_open_a_tag() -> None:
    found = Openings(b"<p><SVG><section><del><H1><x")

    assert found.starts == 5
    assert [name for name in ("svg", "script", "xmp", "object", "h1", "select", "math") if found.may_open(name)] == [
        "svg",
        "h1",
        "select",
    ]


def test_a_tag_is_told_by_its_first_two_letters_whatever_their_case() -> None:
    found = Openings(b"<B>a<b c>d</i><").heads.tolist()

    assert found == [found[0], ord("b") << 8 | ord(" "), ord("/") << 8 | ord("i")]
    assert found[0] >> 8 == ord("b")
