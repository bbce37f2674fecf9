from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.fields.people.bylines import is_person
from copydesk.fields.people.signing import EDGES, GLUED, NAMELESS, SIGNS, Beside, bearer, desk, signer

PIECES = [
    "Ann",
    "Lee",
    "d'Arcy",
    "von",
    "de",
    "el",
    "said",
    "ferry",
    "É",
    "ß",
    "Dec",
    "5",
    " ",
    " ",
    "-",
    " – ",
    ",",
    "|",
    ".",
    "(",
    "\t",
    "Published",
]


@pytest.mark.parametrize(
    ("line", "beside"),
    [
        ("Ann Lee", Beside.NOTHING),
        ("• Ann Lee", Beside.NOTHING),
        ("Ann Lee Ann Lee", Beside.NOTHING),
        ("Ann LeeDecember 5, 2026", Beside.DATE),
        ("Ann Lee2 minutes ago", Beside.DATE),
        ("Ann Lee 8:41 PM on December 5, 2026", Beside.DATE),
        ("Ann Lee | Published", Beside.DATE),
        ("Ann Lee, COURIER Dec 5, 2026, 06:21 AM ET", Beside.DATE),
        ("Ann Lee / Oktober 25 2026", Beside.DATE),
        ("Ann Lee, senior editor", Beside.TRADE),
        ("Ann LeeKorrespondentin", Beside.TRADE),
    ],
)
def test_a_name_may_stand_beside_a_date_or_a_trade(line: str, beside: Beside) -> None:
    assert signer(line) == ("Ann Lee", beside)


@pytest.mark.parametrize(
    "line", ["Key Points", "Ann Lee crossed the harbour", "Ann Lee is a reporter", "Publié le 5 mai", "Kolumne von", ""]
)
def test_other_lines_name_no_signer(line: str) -> None:
    assert signer(line) is None or signer(line) == ("Key Points", Beside.NOTHING)


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee is a reporter at the Courier.",
        "Ann Lee Ann Lee is the Courier's transport editor.",
        "Ann Lee writes about ferries and those who take them.",
        "Ann Lee ist Redakteurin im Ressort Hafen.",
        "Ann Lee est journaliste au Courrier.",
    ],
)
def test_a_line_below_a_text_may_tell_of_its_author(line: str) -> None:
    assert bearer(line) == "Ann Lee"


@pytest.mark.parametrize("line", ["Ann Lee is the harbour master.", "The ferry is a reporter's dream.", "Ann Lee, reporter"])
def test_what_tells_of_somebody_else_presents_no_author(line: str) -> None:
    assert bearer(line) is None


def test_a_desk_may_sign_and_an_agency_is_none() -> None:
    assert desk("By Courier Staff") == "Courier Staff"
    assert desk("By Ann Lee Courier News") == "Ann Lee"
    for line in (
        "By Press Association",
        "Par Le Courrier et AFP",
        "By Ann Lee",
        "By using this site you agree to our terms",
        "Courier Staff",
    ):
        assert desk(line) is None


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_no_name_opens_a_line_that_is_told_by_its_beginning(line):
    line = line.strip(EDGES)
    words = SIGNS.sub(r" \1\2 ", GLUED.sub(" ", line).strip(EDGES)).split()

    assert not (NAMELESS.match(line) and any(is_person(" ".join(words[:count])) for count in (2, 3, 4)))
