"""Lists of articles: those with certain words in their title, or at an address, or by their ids."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.days import UNKNOWN
from copydesk.curate.published import day_values, days_published
from copydesk.errors import BadInput
from copydesk.fields.urls import canonical
from copydesk.lake.parts import row_groups
from copydesk.schema import ARTICLES
from copydesk.storage import Storage
from copydesk.views.rows import part_paths, rows_at, spots
from copydesk.views.search.places import Place
from copydesk.views.visible import Address, address, visible

WEB = re.compile(r"https?://", re.IGNORECASE)
USUAL_DAYS, MOST_DAYS = 31, 366
MOST_HITS, MOST_WORDS = 100, 10
MOST_SECONDS = 10.0  # on the clock: somebody waits for the page
COLUMNS = ("article_id", "source", "published_at", "title", "url", "canonical_url")


class Hit(NamedTuple):
    """One article, as a list of them shows it."""

    article_id: str
    source: str
    title: str
    url: Address | None
    published_at: datetime | None
    day: str


class Hits(NamedTuple):
    """What was found, and where it was looked for."""

    hits: list[Hit]
    first: str
    last: str
    is_cut: bool = False  # there are more
    seconds: float | None = None  # after which it was given up, with days before the first left to look in


def hits_of(lake: Storage, places: Iterable[Place], sources: Collection[str]) -> list[Hit]:
    """What a list shows of some articles in `articles`, of these sources, by when they were published."""
    by_day: dict[str, list[str]] = {}
    for place in places:
        if place.day:
            by_day.setdefault(place.day, []).append(place.article_id)
    found = []
    for day, ids in by_day.items():
        where = (spot for _, spot in spots(lake, part_paths(lake, ARTICLES, day_values(day)), ids))
        found += [_hit(row, day) for row in rows_at(lake, where, COLUMNS) if row["source"] in sources]
    return sorted(found, key=lambda hit: str(hit.published_at))


def search(
    lake: Storage,
    question: str,
    sources: Collection[str],
    *,
    first: date | None = None,
    last: date | None = None,
    most_seconds: float = MOST_SECONDS,
) -> Hits:
    """The articles of these sources whose title has every word of the question, or that stand at that address, latest first.

    Looked for among the days from `first` to `last`, by default the last month of days that have articles; after `most_seconds`
    no further day is begun.
    """
    days = _days(lake, first, last)
    if not days:
        return Hits([], str(first or ""), str(last or ""))
    hits: list[Hit] = []
    until = time.monotonic() + most_seconds
    for day in days:
        hits += sorted(_matching(lake, day, question, sources), key=lambda hit: str(hit.published_at), reverse=True)
        if len(hits) > MOST_HITS:
            return Hits(hits[:MOST_HITS], day, days[0], is_cut=True)
        if time.monotonic() > until and day != days[-1]:
            return Hits(hits, day, days[0], seconds=most_seconds)
    return Hits(hits, days[-1], days[0])


def _days(lake: Storage, first: date | None, last: date | None) -> list[str]:
    """The days to look in, latest first."""
    if first and last and first > last:
        raise BadInput(f"from {first} to {last}: the first day is after the last; give the earlier one first")
    known = sorted((day for day in days_published(lake) if day != UNKNOWN), reverse=True)
    low, high = (first or date.min).isoformat(), (last or date.max).isoformat()
    asked = [day for day in known if low <= day <= high]
    return asked[: MOST_DAYS if first else USUAL_DAYS]


def _matching(lake: Storage, day: str, question: str, sources: Collection[str]) -> Iterator[Hit]:
    for path in part_paths(lake, ARTICLES, day_values(day)):
        for rows in row_groups(lake, path, COLUMNS):
            chosen = rows.filter(_wanted(rows, question, sources))
            yield from (_hit(row, day) for row in chosen.to_pylist())


def _wanted(rows: pa.Table, question: str, sources: Collection[str]) -> pa.ChunkedArray:
    """Which of the rows have the address, or all the words in their title."""
    found = pc.is_in(rows["source"].cast(pa.string()), pa.array(list(sources), pa.string()))
    if WEB.match(question):
        at = [pc.fill_null(pc.equal(rows[name], address), False) for name, address in _addresses(question)]
        return pc.and_(found, pc.or_(*at))
    for word in question.split()[:MOST_WORDS]:
        found = pc.and_(found, pc.fill_null(pc.match_substring(rows["title"], word, ignore_case=True), False))
    return found


def _addresses(question: str) -> list[tuple[str, str]]:
    return [("url", question), ("canonical_url", canonical(question) or question)]


def _hit(row: dict[str, Any], day: str) -> Hit:
    url = address(row["url"] or row["canonical_url"])
    return Hit(row["article_id"], row["source"], visible(row["title"], 300), url, row["published_at"], day)
