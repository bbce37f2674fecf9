from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from copydesk.errors import BadInput
from copydesk.sites import Ruling, rule


def nothing(_page: BeautifulSoup) -> Ruling:
    return Ruling()


@pytest.mark.parametrize(
    ("day", "holds"), [("2019-04-30", False), ("2019-05-01", True), ("2023-11-30", True), ("2023-12-01", False), (None, False)]
)
def test_a_rule_holds_from_its_first_day_to_its_last(day: str | None, holds: bool) -> None:
    made = rule("a.example", first="2019-05-01", last="2023-11-30")(nothing)

    assert made.holds_on(date.fromisoformat(day) if day else None) is holds


def test_without_a_last_day_it_still_holds_and_also_where_the_day_is_not_known() -> None:
    made = rule("www.A.example", first="2019-05-01")(nothing)

    assert (made.holds_on(date(2099, 1, 1)), made.holds_on(None), made.host) == (True, True, "a.example")


@pytest.mark.parametrize(("first", "last"), [("1 May 2019", None), ("2019-05-01", "2019-04-30"), ("2019-13-01", None)])
def test_days_that_cannot_be_are_refused(first: str, last: str | None) -> None:
    with pytest.raises(BadInput, match=r"rule for a\.example"):
        rule("a.example", first, last)


def test_a_label_that_is_none_is_told_which_there_are() -> None:
    with pytest.raises(ValueError, match="no label sidebar; the labels are title, standfirst"):
        Ruling(marks={"sidebar": []})


def test_one_name_for_a_list_of_authors_is_refused() -> None:
    with pytest.raises(TypeError, match="authors is one string"):
        Ruling(authors="Ann Lee")
