"""A week of invented articles in versions that are known, and what is wrong with a reading of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

import pyarrow as pa

from copydesk.benchmarks.invention import Page, invent
from copydesk.lake.layout import partition_path
from copydesk.lake.placing import strays_in
from copydesk.lake.publishing import Publication
from copydesk.schema import ARTICLES
from copydesk.storage import Storage

DAYS = tuple(date(2026, 11, 2) + timedelta(n) for n in range(7))
VERSIONS = 3
PAGES_A_DAY = 60
WITHDRAWN = 10  # articles a version lacks, other ones than the next

MISSING, MIXED, DUPLICATE, HALF = "missing day", "rows of two versions", "rows twice", "part of a version"


class Row(NamedTuple):
    """As much of a row as tells which version of which day it belongs to."""

    day: str
    article_id: str
    version: int


def publish(storage: Storage, number: int) -> None:
    """Publication `number` of an endless row: the days in turn, each in its next version, which has as many parts as its number."""
    day, version = _day(number), 1 + number // len(DAYS) % VERSIONS
    with Publication(storage, ARTICLES, {"published_date": day}) as publication:
        for part in range(version):
            publication.add(_table(day, version, part))
        publication.publish({"version": version})


def strays(storage: Storage, number: int) -> set[str]:
    """The files of that publication's day that its manifest does not name."""
    return strays_in(storage, partition_path(ARTICLES, {"published_date": _day(number)}))


def faults(rows: Iterable[Row]) -> list[str]:
    """What is wrong, by day; nothing where each day is one version whole."""
    found: dict[str, list[Row]] = {day.isoformat(): [] for day in DAYS}
    for row in rows:
        found[row.day].append(row)
    return [fault for day in DAYS for fault in [_fault(day, found[day.isoformat()])] if fault]


def _day(number: int) -> date:
    return DAYS[number % len(DAYS)]


def _fault(day: date, rows: list[Row]) -> str | None:
    versions = {row.version for row in rows}
    if not versions:
        return MISSING
    if len(versions) > 1:
        return MIXED
    ids = Counter(row.article_id for row in rows)
    if max(ids.values()) > 1:
        return DUPLICATE
    return None if set(ids) == set(_ids(day, versions.pop())) else HALF


def _ids(day: date, version: int) -> list[str]:
    lacking = range(WITHDRAWN * version, WITHDRAWN * (version + 1))
    return [f"{day:%Y%m%d}{n:024x}" for n in range(PAGES_A_DAY) if n not in lacking]


def _table(day: date, version: int, part: int) -> pa.Table:
    """One of the parts of a version."""
    ids = _ids(day, version)[part::version]
    pages = [_pages(day)[int(article_id[8:], 16)] for article_id in ids]
    given = {
        "article_id": ids,
        "version": [version] * len(ids),
        "source": ["invented"] * len(ids),
        "url": [page.url for page in pages],
        "title": [page.title for page in pages],
        "body": ["\n\n".join(page.paragraphs) for page in pages],
        "paragraphs": [page.paragraphs for page in pages],
        "published_at": [page.published_at for page in pages],
    }
    nulls = {field.name: pa.nulls(len(ids), field.type) for field in ARTICLES.schema}
    return pa.table(nulls | {name: pa.array(values, ARTICLES.schema.field(name).type) for name, values in given.items()})


@cache
def _pages(day: date) -> list[Page]:
    midnight = datetime.combine(day, time(), UTC)
    return list(invent(range(PAGES_A_DAY), PAGES_A_DAY, day.toordinal(), midnight, timedelta(days=1)))
