from __future__ import annotations

from typing import Any

from copydesk.views.search.article_rows import look_up
from copydesk.views.search.places import Place, ids_of_address, locate, locate_fresh

BOTH = {"courier", "herald"}


def test_an_article_is_found_by_its_id_and_by_its_address(press: Any) -> None:
    row = press.row_of("https://courier.example/2")
    place = Place(row["article_id"], "2026-11-03")
    assert locate(press.lake, [row["article_id"]]) == {row["article_id"]: place}
    assert ids_of_address("https://courier.example/2?utm_source=mail#top", BOTH).count(row["article_id"]) == 1
    assert locate(press.lake, ["0" * 32]) == {}
    assert look_up(press.lake, row["article_id"], "2026-11-04"), "a wrong day is no obstacle"
    assert look_up(press.lake, "0" * 32, "2026-11-03") is None


def test_an_article_that_is_not_curated_yet_is_found_in_its_dump(press: Any) -> None:
    article_id = press.row_of("https://courier.example/5")["article_id"]
    place = locate_fresh(press.lake, article_id)
    assert place == Place(article_id, None, "courier", "2026-11-04")
