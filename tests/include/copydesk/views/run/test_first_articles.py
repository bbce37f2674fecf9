from __future__ import annotations

from collections.abc import Callable

from copydesk.settings import Settings
from copydesk.storage import Storage
from copydesk.views.run.first_articles import first_articles
from copydesk.views.run.page import RunPage

PAPER, GOOD = "harbour_courier", "2026-11-01"
PageOf = Callable[..., RunPage]


def test_the_first_articles_are_as_many_as_were_asked_for(made: Settings, page_of: PageOf) -> None:
    lake = Storage.open(made.lake)
    few, count = first_articles(lake, PAPER, GOOD, 3)

    assert (len(few), count) == (3, page_of(made, GOOD).line.records_accepted)
    assert all(len(row["article_id"]) == 32 and row["title"] for row in few)
