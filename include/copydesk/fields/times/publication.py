"""When an article was published and last changed, from claims, date lines and its address: what most of them say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from copydesk.fields.claims import Claim
from copydesk.fields.given import GIVEN
from copydesk.fields.times.dates import EARLIEST, Moment, parse_date
from copydesk.fields.times.election import DATE_LINE, Found, elect, zone_shown
from copydesk.fields.times.markers import split_line
from copydesk.fields.times.relative import parse_relative

URL_DATE = re.compile(
    r"/(?P<date>(?:19|20)\d\d(?P<sep>[/-])(?:0?[1-9]|1[0-2]|[a-z]{3})(?P=sep)[0-3]?\d)(?:/|(?P<slug>[_-])|$)"
    r"|(?<!\d)(?P<compact>20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?!\d)"
)
FIRST_PAPERS = datetime(1700, 1, 1, tzinfo=UTC)  # that archives have; what reads times in nanoseconds knows none before 1678
# What systems write where no day was set: those from which Unix, DOS, spreadsheets and databases count, and evenings before in the west.
NEVER_SET = frozenset(
    map(date.fromisoformat, "1753-01-01 1899-12-30 1899-12-31 1900-01-01 1904-01-01 1969-12-31 1970-01-01 1980-01-01".split())
)
LATEST = datetime(2500, 1, 1, tzinfo=UTC)  # publishing systems write 9999-12-31 for `never`, and 2569 in Thailand
SLACK = timedelta(hours=36)  # a crawl day is often all that is known, and the newsroom's clock may be ahead of it
MAX_FOUND = 24  # times of a document that are weighed against each other
PUBLISHED, MODIFIED = "published_at", "modified_at"  # fields of claims
TRUST = (GIVEN, "jsonld", "meta", "microdata", "time")
CHANGE = "change"  # the clue where nothing says when it was published


class Times(NamedTuple):
    """Publication and last change, and what said so."""

    published: Moment | None
    clue: str | None
    modified: Moment | None


def is_of_papers(moment: Moment) -> bool:
    """Whether papers may have appeared then; what is further off was never meant as a day."""
    return FIRST_PAPERS <= moment.at < LATEST


class Reader(NamedTuple):
    """How the times of one document are read."""

    crawled: Moment | None  # nothing was published later
    zone: str  # of times that carry none
    language: str | None
    is_month_first: bool | None = None  # in figures

    def read(self, stated: Iterable[tuple[str, str]]) -> Iterator[Found]:
        """The times that the calendar and the crawl allow, each with its clue."""
        for text, clue in stated:
            # Before the crawl in January, 1/11 cannot be in November.
            orders = (None, True) if self.is_month_first is None else (self.is_month_first,)
            moments = (parse_date(text, self.zone, self.language, order) for order in orders)
            if moment := next((moment for moment in moments if self._allows(moment, clue)), None):
                yield Found(moment, clue)

    def _allows(self, moment: Moment | None, clue: str) -> bool:
        """Whether there were pages like this one then, or papers, if an archive gives the day; and it was before the crawl."""
        if moment is None or not is_of_papers(moment):
            return False
        if moment.at < EARLIEST and (clue != GIVEN or moment.at.date() in NEVER_SET):
            return False
        return self.crawled is None or moment.at - SLACK <= self.crawled.at

    def count_back(self, lines: Iterable[str]) -> Found | None:
        """The time of the first line that counts back from the crawl, such as `3 hours ago`."""
        moments = (parse_relative(line, self.crawled) for line in lines if self.crawled)
        return next((Found(moment, DATE_LINE) for moment in moments if moment and self._allows(moment, DATE_LINE)), None)


def read_times(
    claims: Sequence[Claim], lines: Sequence[str], url: str | None, reader: Reader, dateline: str | None = None
) -> Times:
    """The best attested times of publication and last change; `lines` are the date lines, nearest to the headline first.

    The day of a `dateline` is that of the event: it counts where nothing else says when.
    """
    statements = [(text, is_change) for line in lines for text, is_change in split_line(line)]
    stated = list(islice(reader.read(_published(claims, statements, url)), MAX_FOUND))
    published = elect(stated) or reader.count_back(text for text, is_change in statements if not is_change)
    changed = [text for text, is_change in statements if is_change]
    changes = [*_claimed(claims, MODIFIED), *((text, DATE_LINE) for text in changed)]
    modified = next(reader.read(changes), None) or reader.count_back(changed)
    if dateline and not published:
        published = next(reader.read([(dateline, DATE_LINE)]), None)
    published = published or (modified and modified._replace(clue=CHANGE))  # better the time of a change than none
    if published is None:
        return Times(None, None, None)
    is_later = modified is not None and modified.moment.at > published.moment.at
    moment = published.moment._replace(zone=zone_shown(published, stated))
    return Times(moment, published.clue, modified.moment if modified and is_later else None)


def _published(claims: Sequence[Claim], statements: Sequence[tuple[str, bool]], url: str | None) -> Iterator[tuple[str, str]]:
    """What states when it was published, the most trusted first."""
    yield from _claimed(claims, PUBLISHED)
    folder, slug = dates_of_address(url)
    if folder:
        yield folder, "url"
    yield from ((text, DATE_LINE) for text, is_change in statements if not is_change)
    if slug:
        yield slug, "url"


def dates_of_address(url: str | None) -> tuple[str | None, str | None]:
    """The day in the folders of an address, and one in a name there: that is when the page was begun, or what it is about."""
    found = URL_DATE.search(url or "")
    if not found:
        return None, None
    if found["compact"] or found["slug"]:
        is_numbered = found["sep"] == "/"  # `/2024/05/16-new-officers` has no day
        return None, None if is_numbered else found["compact"] or found["date"]
    return found["date"].replace("/", "-"), None


def _claimed(claims: Sequence[Claim], field: str) -> Iterator[tuple[str, str]]:
    for clue in TRUST:
        for claim in claims:
            if claim.field == field and claim.clue == clue:
                yield claim.value, clue
