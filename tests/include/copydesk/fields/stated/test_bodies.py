from __future__ import annotations

import pytest

from copydesk.fields.stated.bodies import compare
from timing import done_within

SENTENCES = [f"On day {n} the council of the {word} harbour measured the wall at {n * 37} places." for n, word in enumerate(
    ("old", "new", "upper", "lower", "eastern", "western", "inner", "outer", "royal", "frozen")
)]  # fmt: skip
BODY = "\n\n".join(SENTENCES)


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        (BODY, "same"),
        (BODY.replace("\n\n", " ").upper(), "same"),
        ("".join(f"&lt;p&gt;{one.replace('old', '<b>old</b>')}&lt;/p&gt;" for one in SENTENCES), "same"),
        ("\n".join(["By Ann Lee", *SENTENCES]), "same"),
        (" ".join(SENTENCES[:3]), "truncated"),
        (" ".join(SENTENCES)[:180] + "…", "truncated"),
        (" ".join(one.replace("council", "mayor").replace("places", "points") for one in SENTENCES * 3), "differs"),
        ("What the mayor thinks of otters, and why she will not say it in public before spring.", "differs"),
        (" ".join([*SENTENCES, *(one.replace("day", "night").replace("wall", "pier") for one in SENTENCES)]), "longer"),
    ],
)  # fmt: skip
def test_a_stated_text_is_held_against_the_body(stated: str, verdict: str) -> None:
    found = compare([stated, "short"], BODY)

    assert found is not None
    assert found.verdict == verdict


@pytest.mark.parametrize("stated", [[], [""], ["<p>…</p>"]])
def test_where_nothing_is_stated_nothing_is_compared(stated: list[str]) -> None:
    assert compare(stated, BODY) is None


def test_a_body_of_no_text_is_a_part_of_what_is_stated() -> None:
    found = compare([BODY], "")

    assert found is not None
    assert (found.verdict, found.found) == ("longer", 0)


def test_hostile_markup_is_read_in_time() -> None:
    done_within(1, lambda: compare(["<" * 1_000_000], BODY * 100))
