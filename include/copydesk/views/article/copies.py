"""The same story at other publishers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from copydesk.curate.days import UNKNOWN, month_of, months_after, months_before
from copydesk.schema import STORY_LINKS
from copydesk.storage import Storage
from copydesk.views.rows import part_paths, rows_at, spots
from copydesk.views.search.article_rows import row_of
from copydesk.views.search.hits import Hit, hits_of
from copydesk.views.search.places import Place, locate

MOST_COPIES = 50
LINK_COLUMNS = ("article_id", "copy_of", "similarity")


class Copy(NamedTuple):
    """One telling of the story."""

    article: Hit
    is_first: bool
    is_this: bool
    copied_from: str | None  # the article it was found to copy, which may be a copy itself
    shared_percent: int | None


def copies_of(lake: Storage, row: Mapping[str, Any], place: Place, sources: Collection[str]) -> list[Copy]:
    """Every telling of the story at these sources, this article among them, earliest first; nothing where it stands alone."""
    if place.day is None or not (row["duplicate_of"] or row["copies"]):
        return []
    first = row["duplicate_of"] or row["article_id"]
    months = _around(place.day)
    ids = {first, row["article_id"], *_siblings(lake, row, first, months)}
    places = locate(lake, sorted(ids)[: MOST_COPIES + 2], months)
    links = _links(lake, sorted(ids), months)
    return [_copy(hit, first, row["article_id"], links.get(hit.article_id)) for hit in hits_of(lake, places.values(), sources)]


def _around(day: str) -> list[str]:
    """The months into which a story may reach from one of its tellings."""
    month = month_of(day)
    return [UNKNOWN] if month == UNKNOWN else sorted({*months_before(month), *months_after(month)})


def _siblings(lake: Storage, row: Mapping[str, Any], first: str, months: list[str]) -> list[str]:
    """The copies that the first telling knows of."""
    if row["copies"]:
        return list(row["copies"])
    place = locate(lake, [first], months).get(first)
    original = row_of(lake, place) if place else None
    return list(original["copies"] or ()) if original else []


def _links(lake: Storage, ids: list[str], months: list[str]) -> dict[str, Mapping[str, Any]]:
    paths = [path for month in months for path in part_paths(lake, STORY_LINKS, {"published_month": month})]
    where = (spot for _, spot in spots(lake, paths, ids))
    return {link["article_id"]: link for link in rows_at(lake, where, LINK_COLUMNS)}


def _copy(hit: Hit, first: str, this: str, link: Mapping[str, Any] | None) -> Copy:
    shared = round(100 * link["similarity"]) if link and link["similarity"] is not None else None
    return Copy(hit, hit.article_id == first, hit.article_id == this, link["copy_of"] if link else None, shared)
