"""Text → a moment in UTC, with how exactly it is known and in which zone it was read."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from zoneinfo import ZoneInfo

ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
    r"(?:[T ]+(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|[A-Z]{2,4})?)?"
)
COMPACT = re.compile(r"^(?P<year>20\d\d|19\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+-]\d{4})?)?$")
DAY_FIRST = re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s./-]+(?:de\s+|of\s+)?(?P<name>[^\W\d_]{3,12})\.?,?[\s./-]+(?:de\s+)?(?P<year>\d{4}|\d{2}(?!\d|:))")
MONTH_FIRST = re.compile(r"\b(?P<name>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})")
NUMERIC = re.compile(r"\b(?P<first>\d{1,2})(?P<sep>[./-])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})\b")
YEAR_FIRST = re.compile(r"\b(?P<year>\d{4})(?:[./]|年\s*)(?P<month>\d{1,2})(?:[./]|月\s*)(?P<day>\d{1,2})")
CLOCK = re.compile(
    r"(?<![\d.:])(?P<hour>\d{1,2})(?:[:.h时](?P<minute>\d{2})(?::(?P<second>\d{2}))?)?\s*(?P<half>[ap]\.?m\b\.?)?(?:\s*Uhr)?"
    r"(?:\s*\(?(?P<zone>Z\b|UTC|GMT|[A-Z]{1,4}T\b|MSK|[+-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)
# Hours east of Greenwich of abbreviations that mean one thing in news; IST or CST-in-Asia do not, and are left to the source's zone.
ABBREVIATIONS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "HST": -10,
    "AEST": 10, "AEDT": 11, "ACST": 9.5, "AWST": 8, "NZST": 12, "NZDT": 13, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8,
}  # fmt: skip
WALL_CLOCKS = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
MONTH_FIRST_ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix", "US/")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


class Moment(NamedTuple):
    """A point in time in UTC. Known to the day only, it is midnight UTC of that day, so that every reader sees the day meant."""

    at: datetime
    precision: str  # see schema.PRECISIONS
    zone: str  # offset or name it was read in


@lru_cache(maxsize=65536)
def parse_date(text: str, zone: str = "UTC", language: str | None = None) -> Moment | None:
    """The first date in `text`, a clock time beside it included; `zone` is that of times that carry none."""
    text = text.strip()[:200]
    return _iso(text, zone) or _mail(text) or _written(text, zone) or _any_language(text, zone, language)


def _iso(text: str, zone: str) -> Moment | None:
    found = ISO.search(text) or COMPACT.match(text)
    if not found:
        return None
    parts = found.groupdict()
    return _moment(parts, int(parts["month"]), parts.get("zone"), zone)


def _mail(text: str) -> Moment | None:
    """RFC 2822, as feeds and HTTP headers write it."""
    if not re.match(r"^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d", text):
        return None
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return Moment(at.astimezone(UTC), "second", at.strftime("%z") or "+0000")


def _written(text: str, zone: str) -> Moment | None:
    """A date in words or figures, in any order a newspaper uses."""
    for pattern in (DAY_FIRST, MONTH_FIRST):
        for found in pattern.finditer(text):
            if month := _month(found["name"]):
                return _with_clock(text, found, month, zone)
    if found := YEAR_FIRST.search(text):
        return _with_clock(text, found, int(found["month"]), zone)
    if found := NUMERIC.search(text):
        first, second = int(found["first"]), int(found["second"])
        month_first = second > 12 or (first <= 12 and found["sep"] == "/" and zone.startswith(MONTH_FIRST_ZONES))
        day, month = (second, first) if month_first else (first, second)
        return _with_clock(text, found, month, zone, day)
    return None


def _with_clock(text: str, date: re.Match[str], month: int, zone: str, day: int | None = None) -> Moment | None:
    """The date with the clock time that stands after it, or before it."""
    parts: dict[str, str | None] = {"year": date["year"], "day": str(day) if day is not None else date["day"]}
    for around in (text[date.end() : date.end() + 40], text[: date.start()][-40:]):
        for clock in CLOCK.finditer(around):
            if clock["minute"] or clock["half"]:
                hour = int(clock["hour"]) % 12 + 12 if _is_afternoon(clock) else int(clock["hour"])
                hour = 0 if clock["half"] and not _is_afternoon(clock) and hour == 12 else hour
                parts |= {"hour": str(hour), "minute": clock["minute"] or "0", "second": clock["second"]}
                return _moment(parts, month, clock["zone"], zone)
    return _moment(parts, month, None, zone)


def _is_afternoon(clock: re.Match[str]) -> bool:
    return bool(clock["half"]) and clock["half"][0] in "pP"


def _moment(parts: dict[str, str | None], month: int, stated: str | None, zone: str) -> Moment | None:
    """The moment of the parts, or None where no calendar has such a day."""
    year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    try:
        if parts.get("hour") is None:
            return Moment(datetime(year, month, day, tzinfo=UTC), "day", zone)
        tz, name = _zone(stated, zone)
        at = datetime(year, month, day, int(parts["hour"] or 0), int(parts["minute"] or 0), int(parts.get("second") or 0), tzinfo=tz)
        return Moment(at.astimezone(UTC), "second" if parts.get("second") else "minute", name)
    except (ValueError, OverflowError):
        return None


def _zone(stated: str | None, default: str) -> tuple[tzinfo, str]:
    """The zone a time is read in: the stated one where it means one thing, else the source's."""
    name = (stated or "").strip().upper()
    if name in ABBREVIATIONS:
        return timezone(timedelta(hours=ABBREVIATIONS[name])), name if name != "Z" else "UTC"
    if name in WALL_CLOCKS:
        return ZoneInfo(WALL_CLOCKS[name]), WALL_CLOCKS[name]
    if name and name[0] in "+-":
        sign, digits = (-1 if name[0] == "-" else 1), name[1:].replace(":", "")
        offset = sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(offset), f"{name[0]}{digits[:2]}:{digits[2:]}"
    return ZoneInfo(default), default


@cache
def _months() -> list[tuple[str, int]]:
    """Beginnings of month names, the longest first."""
    table = tomllib.loads(files("copydesk.fields").joinpath("months.toml").read_text("utf-8"))
    starts = [(start, number) for number, names in enumerate(table.values(), 1) for start in names]
    return sorted(starts, key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=1024)
def _month(word: str) -> int | None:
    word = word.lower()
    return next((number for start, number in _months() if word.startswith(start)), None)


def _any_language(text: str, zone: str, language: str | None) -> Moment | None:
    """The slow way, for what the patterns above do not know; relative dates are not guessed."""
    if not 6 <= len(text) <= 60 or not re.search(r"\d", text):
        return None
    import dateparser

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "RETURN_AS_TIMEZONE_AWARE": True, "TIMEZONE": zone}
    try:
        at = dateparser.parse(text, languages=[language] if language else None, settings=settings)
    except ValueError:  # a language it has no data for
        return None
    if at is None:
        return None
    if at.hour == at.minute == at.second == 0:
        return Moment(datetime(at.year, at.month, at.day, tzinfo=UTC), "day", zone)
    return Moment(at.astimezone(UTC), "second" if at.second else "minute", zone)
