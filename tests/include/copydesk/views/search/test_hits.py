from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from copydesk.errors import BadInput
from copydesk.views.search.hits import search

BOTH = {"courier", "herald"}


def test_titles_are_searched_whatever_the_case_by_every_word(press: Any) -> None:
    hits = search(press.lake, "HARBOUR boats 9", BOTH).hits
    assert [(hit.source, hit.title) for hit in hits] == [("herald", "Boats counted at harbour 9")]
    assert search(press.lake, "boats whales", BOTH).hits == []
    assert search(press.lake, ".*", BOTH).hits == []


def test_articles_of_other_sources_are_not_found(press: Any) -> None:
    assert {hit.source for hit in search(press.lake, "boats", {"courier"}).hits} == {"courier"}


def test_the_days_that_are_searched_can_be_named(press: Any) -> None:
    found = search(press.lake, "", BOTH, first=date(2026, 11, 4), last=date(2026, 11, 4))
    assert {hit.day for hit in found.hits} == {"2026-11-04"}
    with pytest.raises(BadInput, match="after the last"):
        search(press.lake, "", BOTH, first=date(2026, 11, 5), last=date(2026, 11, 4))


def test_a_search_that_takes_too_long_says_how_far_it_came(press: Any) -> None:
    whole = search(press.lake, "boats", BOTH)
    assert whole.seconds is None
    cut = search(press.lake, "boats", BOTH, most_seconds=0)
    assert (cut.seconds, cut.first, cut.last) == (0, whole.last, whole.last)
    assert cut.hits == [hit for hit in whole.hits if hit.day == whole.last]
    rest = search(
        press.lake, "boats", BOTH, first=date.fromisoformat(whole.first), last=date.fromisoformat(whole.first), most_seconds=0
    )
    assert rest.seconds is None, "no day is left that was not looked at"
