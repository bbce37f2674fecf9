"""One month of `articles`, made from all dumps that hold articles of it."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.copies import link
from copydesk.curate.days import days_of, month_of
from copydesk.curate.published import LINKS, days_published, months_out_of_date, publish_day, told_of
from copydesk.curate.sightings import Partition, clean_partitions, seen_outside, seen_within
from copydesk.curate.versions import current
from copydesk.lake.locks import in_turn
from copydesk.storage import Storage

TRIES = 10  # a dump may be published again between its manifest and its files


def curate_month(storage: Storage, month: str) -> dict[str, int]:
    """Bring `articles` of `month` (`2026-11` or `unknown`) up to date with `clean`; what was so already is not touched.

    Where a re-crawl moved an article from one month to another, the other month is brought up to date too, so that every
    article is in `articles` once. Copies are linked within a month.
    """
    for _ in range(TRIES - 1):
        try:
            return _curate_with_moves(storage, month)
        except FileNotFoundError:
            continue
    return _curate_with_moves(storage, month)


def months_held(storage: Storage) -> list[str]:
    """The months of all that `clean` holds, and of what `articles` holds still."""
    days = {day for partition in clean_partitions(storage) for day in partition.days}
    return sorted({month_of(day) for day in days.union(days_published(storage))})


def _curate_with_moves(storage: Storage, month: str) -> dict[str, int]:
    counts: Counter[str] = Counter()
    left, done = {month}, set[str]()
    while left:
        each = left.pop()
        done.add(each)
        with in_turn(storage, f"curate {each}"):  # who comes later sees `clean` later, so what is published never gets older
            clean = clean_partitions(storage)
            articles, elsewhere, there = _current(storage, clean, each)
            counts.update(_publish(storage, clean, each, articles))
        left.update(set(months_out_of_date(storage, elsewhere, there)) - done)
    return dict(counts)


def _current(storage: Storage, clean: list[Partition], month: str) -> tuple[pa.Table, pa.Table, pa.Table]:
    """The current articles of `month`; sightings of its articles in other months; those of them that are current there."""
    seen = seen_within(storage, clean, month)
    told = told_of(storage, [day for day in days_published(storage) if month_of(day) == month])
    known = pa.concat_tables([seen.select(["article_id", "source"]), told.select(["article_id", "source"])])
    elsewhere = seen_outside(storage, clean, month, known)
    latest = current(pa.concat_tables([seen, elsewhere], promote_options="default"))
    days = days_of(latest["published_at"])
    is_here = pc.starts_with(days, month)
    here = latest.append_column("day", days).filter(is_here)
    links = link(here)
    for name in LINKS:
        here = here.append_column(name, links[name])
    return here, elsewhere, latest.filter(pc.invert(is_here))


def _publish(storage: Storage, clean: list[Partition], month: str, articles: pa.Table) -> dict[str, int]:
    """Replace each day that the month has or had, and count."""
    had = {day for day in days_published(storage) if month_of(day) == month}
    days = sorted(had.union(pc.unique(articles["day"]).to_pylist()))
    chosen = {day: articles.filter(pc.equal(articles["day"], day)) for day in days}
    return {
        "days": len(days),
        "days_rewritten": sum(publish_day(storage, clean, day, chosen[day]) for day in days),
        "articles": articles.num_rows,
        "versions_superseded": (pc.sum(articles["version"]).as_py() or 0) - articles.num_rows,
        "copies": articles.num_rows - articles["duplicate_of"].null_count,
    }
