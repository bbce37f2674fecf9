"""Which days of a source there should be a dump of, and which range of days a reader asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Self
from zoneinfo import ZoneInfo

from copydesk.dumps import is_day
from copydesk.errors import BadInput
from copydesk.sources import Source

USUAL_DAYS = 91
MOST_DAYS = 1830
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Range:
    """Dump days, both ends included."""

    first: date
    last: date

    @classmethod
    def ask(cls, first: str | None, last: str | None, today: date) -> Self:
        """The range a form asks for; what it leaves out is the last three months. BadInput where it makes no sense."""
        end = _day("last", last) if last else (max(today, _day("first", first)) if first else today)
        begin = _day("first", first) if first else _before(end, USUAL_DAYS - 1)
        if begin > end:
            raise BadInput(f"{begin} is after {end}: give the earlier day as the first")
        if (days := (end - begin).days + 1) > MOST_DAYS:
            raise BadInput(f"{days:,} days are too many to look at: give at most {MOST_DAYS:,}")
        return cls(begin, end)

    def months(self) -> list[tuple[str, int]]:
        """The months in their order, each with how many of its days are in the range."""
        return [(month, len(list(days))) for month, days in groupby(self, lambda day: f"{day:%B %Y}")]

    def __iter__(self) -> Iterator[date]:
        return (self.first + DAY * n for n in range(len(self)))

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.first.isoformat() <= key <= self.last.isoformat()


def expected(source: Source, key: str, now: datetime) -> bool:
    """Whether a run of the day is scheduled, and the day is over where the source is."""
    last = now.astimezone(ZoneInfo(source.timezone)).date() - DAY
    return source.start <= key <= min(source.end or key, last.isoformat())


def _day(name: str, text: str) -> date:
    if not is_day(text):
        raise BadInput(f"{name}: {text!r} is no day such as 2026-11-03")
    return date.fromisoformat(text)


def _before(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))
