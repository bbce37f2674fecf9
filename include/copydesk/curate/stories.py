"""Which articles tell one story, over as many months as it takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pyarrow as pa

from copydesk.curate.days import days_of, month_of, months_after

Load = Callable[[str], pa.Table]  # the links of the copies published in a month
Article = tuple[str, str]  # its month and its id

UNDATED = datetime.max.replace(tzinfo=UTC)  # last of all


@dataclass(slots=True)
class _Month:
    """The links of the copies published in one month."""

    partner: dict[str, Article] = field(default_factory=dict)
    copies: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # by what they were copied from
    published: dict[str, datetime] = field(default_factory=dict)
    similarity: dict[str, float] = field(default_factory=dict)


class Stories:
    """The links between articles, followed from copy to copy; those of a month are loaded when one leads there."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._months: dict[str, _Month] = {}

    def known(self, month: str) -> Iterator[Article]:
        """The first publication of every story that an article of the month is linked in."""
        linked = {(month, article) for article in self._month(month).partner}
        for later in months_after(month):
            linked.update(partner for partner in self._month(later).partner.values() if partner[0] == month)
        yield from sorted({self.first(article) for article in linked})

    def first(self, article: Article) -> Article:
        """The first publication of an article's story; itself where it copies nobody."""
        while partner := self._month(article[0]).partner.get(article[1]):
            article = partner
        return article

    def copies(self, first: Article) -> list[Article]:
        """All that go back to a first publication, in order of time."""
        found, left = [], [first]
        while left:
            article = left.pop()
            copies = [
                (later, each) for later in months_after(article[0]) for each in self._month(later).copies.get(article[1], ())
            ]
            found += copies
            left += copies
        return sorted(found, key=lambda copy: (self._month(copy[0]).published.get(copy[1], UNDATED), copy[1]))

    def months(self, articles: Iterable[Article]) -> set[str]:
        """The months of all articles of some articles' stories."""
        firsts = {self.first(article) for article in articles}
        return {month for first in firsts for month, _ in (first, *self.copies(first))}

    def links(self, month: str) -> pa.Table:
        """For each article of the month that is linked: article_id, story_id, duplicate_of, copies, similarity."""
        rows: list[tuple[str, str, str | None, list[str], float | None]] = []
        for first in self.known(month):
            copies = self.copies(first)
            if first[0] == month:
                rows.append((first[1], first[1], None, [article for _, article in copies], None))
            similarity = self._month(month).similarity
            rows += [(each, first[1], first[1], [], similarity[each]) for published, each in copies if published == month]
        return pa.table([list(column) for column in zip(*rows, strict=True)] or [[] for _ in LINKED], schema=LINKED)

    def _month(self, month: str) -> _Month:
        if month not in self._months:
            self._months[month] = _indexed(self._load(month))
        return self._months[month]


LINKED = pa.schema(
    [
        ("article_id", pa.string()),
        ("story_id", pa.string()),
        ("duplicate_of", pa.string()),
        ("copies", pa.list_(pa.string())),
        ("similarity", pa.float32()),
    ]
)


def _indexed(links: pa.Table) -> _Month:
    month = _Month()
    partner_months = [month_of(day) for day in days_of(links["copy_of_published_at"]).to_pylist()]
    for row, partner_month in zip(links.to_pylist(), partner_months, strict=True):
        article, partner = row["article_id"], row["copy_of"]
        month.partner[article] = (partner_month, partner)
        month.copies[partner].append(article)
        month.similarity[article] = row["similarity"]
        if row["published_at"] is not None:
            month.published[article] = row["published_at"]
    return month
