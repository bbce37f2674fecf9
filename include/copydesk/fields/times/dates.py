"""Text → a moment in UTC, with how exactly it is known and in which zone it was read."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

from copydesk.fields.times.calendars import in_gregorian
from copydesk.fields.times.clocks import Clock, find_clock
from copydesk.fields.times.months import month_of
from copydesk.fields.times.zones import writes_month_first, zone_of

YEAR = r"(?P<year>(?:1[789]|20)\d\d)"
NAME = r"(?P<name>[^\s\d.,;:/|()\[\]•·–—-]{2,24})"  # not \w: marks of Indic scripts are no word characters
ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"
    r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?(?!\s*[ap]\.?m\b)"
    r"\s*(?P<zone>Z\b|[+-]\d{2}:?\d{2}|[A-Z]{2,4}\b)?)?",
    re.IGNORECASE,
)
COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+-]\d{4})?|\.0)?"
)
# Since 1970, from 1990 on: in seconds, or a thousandth of it and less; with a fraction, as columns of numbers with gaps are written.
EPOCH = re.compile(r"(?P<seconds>1\d{9}|[6-9]\d{8})(?:\d{3}){0,3}(?:\.\d+)?")
# As spreadsheets keep it, from 1990 to 2049: days, and a part of one.
SERIAL = re.compile(r"(?P<days>3[3-9]\d{3}|4\d{4}|5[0-4]\d{3})(?P<part>\.\d+)?")
FIRST_SERIAL = datetime(1899, 12, 30, tzinfo=UTC)
COMPUTED = re.compile(  # as Unix, Java and social networks print it
    r"[A-Z][a-z]{2} (?P<name>[A-Z][a-z]{2}) {1,2}(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d) (?P<zone>[A-Z]{2,4}|[+-]\d{4}) (?P<year>(?:19|20)\d\d)"
)
# No word boundary around days, names and years: pages put a date against its neighbours, `Ann LeeDec 5, 20232 Shares`.
DAY_FIRST = re.compile(
    rf"(?<![\d:])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|ª|º)?[\s./-]+(?:de\s+|of\s+)?{NAME}\.?,?"
    rf"(?:\s?/\s?[^\W\d_]+)?(?:[\s./-]+(?:de[l]?\s+)?{YEAR}|(?:[./-]|\s['’]|\s(?=\d\d,?\s\(?\d\d?[:.]\d\d))(?P<short>\d\d)(?![\d:]))"
)
MONTH_FIRST = re.compile(rf"{NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+){YEAR}")
NAME_BETWEEN = re.compile(rf"(?<!\d){YEAR}(?:\.|ko)?(?:\s+(?:m\.\s+)?|[/-]){NAME}[\s/-]+(?P<day>\d{{1,2}})(?!\d)")
YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:1[789]|20)\d\d)(?:[./]\s?|\s*[年년]\s*)(?P<month>\d{1,2})(?:[./]\s?|\s*[月월]\s*)(?P<day>\d{1,2})(?!\d)"
)
NUMERIC = re.compile(
    rf"(?<![\d.])(?P<first>\d{{1,2}})\s?(?P<sep>[./-])\s?(?P<second>\d{{1,2}})\s?(?P=sep)\s?(?:{YEAR}|(?P<short>\d\d)(?![\d.]))"
)
MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d?:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC?)$")
LAST_CAPITAL = re.compile(r"(?<=[^\W\d_])[^\W\d_][^A-Z]+$")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
MAX_CHARS = 200  # a line that says when is short
CENTURY = 70  # two figures from here on are of the last century


class Moment(NamedTuple):
    """A point in time in UTC. Known to the day only, it is midnight UTC of that day, so that every reader sees the day meant."""

    at: datetime
    precision: str  # see schema.PRECISIONS
    zone: str  # offset or name it was read in
    is_zoned: bool = True  # whether the text itself says in which zone


class Convention(NamedTuple):
    """How those who wrote a date leave things out."""

    zone: str = "UTC"  # of times that carry none
    language: str | None = None
    is_month_first: bool | None = None  # in figures; None: as the zone has it


def parse_date(text: str, zone: str = "UTC", language: str | None = None, is_month_first: bool | None = None) -> Moment | None:
    """The first date in `text`, a clock time beside it included; `zone` is that of times that carry none."""
    return _parse(text.strip()[:MAX_CHARS], zone, language, is_month_first)  # cut before it is remembered


@lru_cache(maxsize=65536)
def _parse(text: str, zone: str, language: str | None, is_month_first: bool | None) -> Moment | None:
    convention = Convention(zone, language, writes_month_first(zone) if is_month_first is None else is_month_first)
    text = in_gregorian(text, language)
    return _iso(text, zone) or _mail(text) or _counted(text, zone) or _named(text, convention) or _figures(text, convention)


def _iso(text: str, zone: str) -> Moment | None:
    found = ISO.search(text) or COMPACT.fullmatch(text)
    if not found:
        return None
    clock = Clock(int(found["hour"]), int(found["minute"]), _number(found["second"]), found["zone"]) if found["hour"] else None
    rest = text[found.end() :] if clock is None and found.re is ISO else ""
    return _moment(int(found["year"]), int(found["month"]), int(found["day"]), clock or find_clock(rest), zone)


def _mail(text: str) -> Moment | None:
    """RFC 2822, as feeds and HTTP headers write it."""
    if not MAIL.match(text):
        return None
    try:
        at = parsedate_to_datetime(text)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)  # `-0000`: UTC, from nobody knows where
        return Moment(at.astimezone(UTC), "second", at.isoformat()[-6:])
    except (ValueError, OverflowError):
        return None


def _counted(text: str, zone: str) -> Moment | None:
    """A number of seconds or days, as databases and spreadsheets give it."""
    if found := EPOCH.fullmatch(text):
        return Moment(datetime.fromtimestamp(int(found["seconds"]), UTC), "second", "UTC")
    if found := SERIAL.fullmatch(text):
        at = FIRST_SERIAL + timedelta(days=int(found["days"]), seconds=round(float(found["part"] or 0) * 86_400))
        clock = Clock(at.hour, at.minute, at.second, None) if found["part"] else None
        return _moment(at.year, at.month, at.day, clock, zone)
    return None


def _named(text: str, convention: Convention) -> Moment | None:
    """A date with the name of its month, in any order a newspaper uses."""
    if found := COMPUTED.fullmatch(text):
        text = f"{found['day']} {found['name']} {found['year']} {found['clock']} {found['zone']}"
    for pattern in (DAY_FIRST, MONTH_FIRST, NAME_BETWEEN):
        for found in pattern.finditer(text):
            if month := _month(found["name"], convention.language):
                return _beside(text, found, month, int(found["day"]), convention.zone)
    return None


def _month(name: str, language: str | None) -> int | None:
    """The month, also where the word before runs into it: `Ann LeeDec`."""
    tail = LAST_CAPITAL.search(name)
    return month_of(name, language) or (month_of(tail[0], language) if tail else None)


def _figures(text: str, convention: Convention) -> Moment | None:
    by_year = YEAR_FIRST.search(text)
    if by_year:
        return _beside(text, by_year, int(by_year["month"]), int(by_year["day"]), convention.zone)
    found = NUMERIC.search(text)
    if found is None:
        return None
    first, second = int(found["first"]), int(found["second"])
    is_american = found["sep"] != "." and convention.is_month_first
    month, day = (first, second) if second > 12 or (first <= 12 and is_american) else (second, first)
    return _beside(text, found, month, day, convention.zone)


def _beside(text: str, date: re.Match[str], month: int, day: int, zone: str) -> Moment | None:
    """The date with the clock time that stands after it, or else before it."""
    clock = find_clock(text[date.end() :]) or find_clock(text[: date.start()])
    parts = date.groupdict()
    return _moment(int(parts["year"]) if parts["year"] else _in_full(int(parts["short"])), month, day, clock, zone)


def _in_full(short: int) -> int:
    """The year that is told by its last two figures."""
    return short + (2000 if short < CENTURY else 1900)


def _moment(year: int, month: int, day: int, clock: Clock | None, default: str) -> Moment | None:
    """The moment, or None where no calendar has such a day; a time that no clock shows leaves the day."""
    try:
        date = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    if clock is None:
        return Moment(date, "day", default, is_zoned=False)
    try:
        zone, name = zone_of(clock.zone, default)
        at = date.replace(hour=clock.hour, minute=clock.minute, second=clock.second or 0, tzinfo=zone)
        if at.time() == time.min:  # what a publishing system writes where only the day is known
            return Moment(date, "day", name)
        return Moment(at.astimezone(UTC), "minute" if clock.second is None else "second", name, is_zoned=clock.zone is not None)
    except (ValueError, OverflowError):
        return Moment(date, "day", default, is_zoned=False)


def _number(text: str | None) -> int | None:
    return int(text) if text else None
