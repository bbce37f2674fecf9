"""The texts an article was seen with, each with what changed in it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from copydesk.curate.published import day_values
from copydesk.schema import ARTICLE_VERSIONS
from copydesk.storage import Storage
from copydesk.views.article.differences import Line, differences
from copydesk.views.rows import part_paths, rows_at, spots
from copydesk.views.search.places import Place
from copydesk.views.visible import visible

MOST_VERSIONS = 12
BODY = "body"  # whose paragraphs are compared
COMPARED = ("title", "standfirst", "modified_at", "published_at", "url", "authors", "agency", "section", "tags")
COLUMNS = ("version", "is_current", "first_seen_dump", "last_seen_dump", "changed", "similarity", "paragraphs", *COMPARED)


class Change(NamedTuple):
    """A field before and after."""

    column: str
    before: str
    after: str


class Version(NamedTuple):
    """One text, against the one before."""

    number: int
    is_current: bool
    first_seen: str
    last_seen: str
    shared_percent: int | None
    changes: list[Change]
    body: list[Line]  # empty in the first, and where the text did not change


def versions_of(lake: Storage, place: Place) -> list[Version]:
    """The last texts of the article, latest first; nothing where it was seen with one."""
    if place.day is None:
        return []
    paths = part_paths(lake, ARTICLE_VERSIONS, day_values(place.day))
    where = (spot for _, spot in spots(lake, paths, [place.article_id]))
    rows = sorted(rows_at(lake, where, COLUMNS), key=lambda row: int(row["version"]))[-MOST_VERSIONS:]
    if not rows:
        return []
    return [_version(rows[0], None), *(_version(after, before) for before, after in pairwise(rows))][::-1]


def _version(row: Mapping[str, Any], before: Mapping[str, Any] | None) -> Version:
    changed = [name for name in COMPARED if before and name in row["changed"]]
    is_rewritten = before is not None and BODY in row["changed"]
    return Version(
        row["version"],
        row["is_current"],
        row["first_seen_dump"],
        row["last_seen_dump"],
        None if row["similarity"] is None else round(100 * row["similarity"]),
        [Change(name, _in_words(before[name]), _in_words(row[name])) for name in changed if before],
        differences(before["paragraphs"] or [], row["paragraphs"] or []) if is_rewritten and before else [],
    )


def _in_words(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return "—" if value in (None, []) else visible(text, 500)
