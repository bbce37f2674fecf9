"""The row of one article, from where it stands."""

from __future__ import annotations

from typing import Any

from copydesk.curate.published import day_values
from copydesk.schema import ARTICLES, CLEAN
from copydesk.storage import Storage
from copydesk.views.rows import part_paths, rows_at, spots
from copydesk.views.search.places import Place, locate, locate_fresh

LEFT_OUT = ("body", "published_date")  # the paragraphs say the same; the path says the day
COLUMNS = [column.name for column in (*ARTICLES.columns, *ARTICLES.partition) if column.name not in LEFT_OUT]


def row_of(lake: Storage, place: Place) -> dict[str, Any] | None:
    """The article's row with the columns of its path; None where it does not stand there (any more)."""
    dataset, values = (ARTICLES, day_values(place.day)) if place.day else (CLEAN, {"source": place.source, "dump": place.dump})
    where = next(spots(lake, part_paths(lake, dataset, values), [place.article_id]), None)
    if where is None:
        return None
    (row,) = rows_at(lake, [where[1]], COLUMNS)
    if place.day:
        return row | {"dump": row["last_seen_dump"]}
    return row | {"source": place.source, "dump": place.dump, "copies": []}


def look_up(lake: Storage, article_id: str, day: str | None) -> tuple[Place, dict[str, Any]] | None:
    """An article's place and row, at once where the day is right; None where the lake does not have it."""
    return (
        (_at(lake, Place(article_id, day)) if day else None)
        or _at(lake, locate(lake, [article_id]).get(article_id))
        or _at(lake, locate_fresh(lake, article_id))
    )


def _at(lake: Storage, place: Place | None) -> tuple[Place, dict[str, Any]] | None:
    row = row_of(lake, place) if place else None
    return (place, row) if place and row else None
