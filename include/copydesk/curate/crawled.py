"""The articles of a month as the dumps have them: every sighting, and which is current."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.catalogue import Partition
from copydesk.curate.days import days_of
from copydesk.curate.published import days_published, months_out_of_date, told_of
from copydesk.curate.sightings import seen_outside, seen_within
from copydesk.curate.versions import current, without_repeats
from copydesk.curate.withdrawals import standing
from copydesk.storage import Storage


class Crawled(NamedTuple):
    """What `clean` holds of the articles that were seen in a month."""

    month: str
    sightings: pa.Table  # also those under a date of another month
    elsewhere: pa.Table  # only those
    repeats: int  # articles that were another page of the same text in the same dump
    withdrawn: int  # articles that their agency took back

    def here(self) -> pa.Table:
        """The current sighting of each article of the month, with its `day`."""
        return in_month(current(self.sightings), self.month)

    def moved(self, storage: Storage) -> set[str]:
        """Other months in which articles of this one are published otherwise than they now are, or though they moved away."""
        latest = current(self.sightings)
        there = latest.filter(pc.invert(pc.starts_with(days_of(latest["published_at"]), self.month)))
        return set(months_out_of_date(storage, self.elsewhere, there))


def crawled(storage: Storage, clean: list[Partition], month: str) -> Crawled:
    """All sightings of what was ever seen in the month, or is published in it."""
    seen = seen_within(storage, clean, month)
    told = told_of(storage, [day for day in days_published(storage) if day.startswith(month)])
    known = pa.concat_tables([seen.select(["article_id", "source"]), told.select(["article_id", "source"])])
    elsewhere = seen_outside(storage, clean, month, known)
    everything = pa.concat_tables([seen, elsewhere])
    published = standing(everything, clean)
    once = without_repeats(published)
    return Crawled(month, once, elsewhere, _lost(published, once), _lost(everything, published))


def _lost(before: pa.Table, after: pa.Table) -> int:
    """How many articles are in the one and not in the other."""
    counts = [pc.count_distinct(table["article_id"]).as_py() for table in (before, after)]
    lost: int = counts[0] - counts[1]
    return lost


def in_month(articles: pa.Table, month: str) -> pa.Table:
    """Those published in the month, with their `day`."""
    days = days_of(articles["published_at"])
    return articles.append_column("day", days).filter(pc.starts_with(days, month))
