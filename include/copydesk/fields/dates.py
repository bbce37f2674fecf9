"""Text → a moment in UTC, with how exactly it is known and in which zone it was read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

from copydesk.fields.clocks import Clock, find_clock
from copydesk.fields.months import month_of
from copydesk.fields.zones import has_month_first, zone_of

ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"
    r"(?:[T ]+(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?!\s*[ap]\.?m\b)"
    r"\s*(?P<zone>Z\b|[+-]\d{2}:?\d{2}|[A-Z]{2,4}\b)?)?",
    re.IGNORECASE,
)
COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+-]\d{4})?)?"
)
DAY_FIRST = re.compile(
    r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s./-]+(?:de\s+|of\s+)?(?P<name>[^\W\d_]{3,12})\.?,?"
    r"[\s./-]+(?:de[l]?\s+)?(?P<year>\d{4}|\d{2}(?!\d|:))\b"
)
MONTH_FIRST = re.compile(r"\b(?P<name>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b")
YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?:[./]|\s*[年년]\s*)(?P<month>\d{1,2})(?:[./]|\s*[月월]\s*)(?P<day>\d{1,2})(?!\d)"
)
NUMERIC = re.compile(r"(?<![\d.])(?P<first>\d{1,2})(?P<sep>[./-])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?!\d)")
MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d?:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC?)$")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
MAX_CHARS = 200  # a line that says when is short
CENTURY = 70  # two figures from here on are of the last century


class Moment(NamedTuple):
    """A point in time in UTC. Known to the day only, it is midnight UTC of that day, so that every reader sees the day meant."""

    at: datetime
    precision: str  # see schema.PRECISIONS
    zone: str  # offset or name it was read in


@lru_cache(maxsize=65536)
def parse_date(text: str, zone: str = "UTC", language: str | None = None) -> Moment | None:
    """The first date in `text`, a clock time beside it included; `zone` is that of times that carry none."""
    text = text.strip()[:MAX_CHARS]
    return _iso(text, zone) or _mail(text) or _written(text, zone) or _any_language(text, zone, language)


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
        return Moment(at.astimezone(UTC), "second", at.strftime("%z") or "+0000")
    except (ValueError, OverflowError):
        return None


def _written(text: str, zone: str) -> Moment | None:
    """A date in words or figures, in any order a newspaper uses."""
    for pattern in (DAY_FIRST, MONTH_FIRST):
        for found in pattern.finditer(text):
            month = month_of(found["name"])
            if month:
                return _beside(text, found, month, int(found["day"]), zone)
    by_year = YEAR_FIRST.search(text)
    if by_year:
        return _beside(text, by_year, int(by_year["month"]), int(by_year["day"]), zone)
    figures = NUMERIC.search(text)
    if figures is None:
        return None
    first, second = int(figures["first"]), int(figures["second"])
    is_american = figures["sep"] == "/" and has_month_first(zone)
    month, day = (first, second) if second > 12 or (first <= 12 and is_american) else (second, first)
    return _beside(text, figures, month, day, zone)


def _beside(text: str, date: re.Match[str], month: int, day: int, zone: str) -> Moment | None:
    """The date with the clock time that stands after it, or else before it."""
    clock = find_clock(text[date.end() :]) or find_clock(text[: date.start()])
    return _moment(int(date["year"]), month, day, clock, zone)


def _moment(year: int, month: int, day: int, clock: Clock | None, default: str) -> Moment | None:
    """The moment, or None where no calendar has such a day; a time that no clock shows leaves the day."""
    if year < 100:
        year += 2000 if year < CENTURY else 1900
    try:
        date = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    if clock is None:
        return Moment(date, "day", default)
    try:
        zone, name = zone_of(clock.zone, default)
        at = date.replace(hour=clock.hour, minute=clock.minute, second=clock.second or 0, tzinfo=zone)
        return Moment(at.astimezone(UTC), "minute" if clock.second is None else "second", name)
    except (ValueError, OverflowError):
        return Moment(date, "day", default)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _any_language(text: str, zone: str, language: str | None) -> Moment | None:
    """The slow way, for what the patterns above do not know; relative dates are not guessed."""
    if not 6 <= len(text) <= 60 or not re.search(r"\d", text) or not re.search(r"[^\W\d_]{3}", text):
        return None
    import dateparser

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "RETURN_AS_TIMEZONE_AWARE": True, "TIMEZONE": zone}
    try:
        at = dateparser.parse(text, languages=[language] if language else None, settings=settings)
        if at is None:
            return None
        if at.hour == at.minute == at.second == 0:
            return Moment(datetime(at.year, at.month, at.day, tzinfo=UTC), "day", zone)
        return Moment(at.astimezone(UTC), "second" if at.second else "minute", zone)
    except (ValueError, OverflowError):  # a language it has no data for, a year no calendar has
        return None
