"""What a time's zone is called → the zone, where the name means one thing."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# Hours east of Greenwich of abbreviations that mean one thing in news; IST or CST do not, and are left to the source's zone.
ABBREVIATIONS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "HST": -10,
    "AEST": 10, "AEDT": 11, "ACST": 9.5, "AWST": 8, "NZST": 12, "NZDT": 13, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8,
}  # fmt: skip
WALL_CLOCKS = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
OFFSET = re.compile(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")
AMERICAN = ("New_York", "Chicago", "Denver", "Los_Angeles", "Phoenix", "Detroit", "Indiana", "Anchorage", "Boise", "Honolulu")


def zone_of(stated: str | None, default: str) -> tuple[tzinfo, str]:
    """The zone a time is read in and its name: the stated one where it means one thing, else the `default`."""
    name = (stated or "").strip().upper()
    if name in ABBREVIATIONS:
        return timezone(timedelta(hours=ABBREVIATIONS[name])), "UTC" if name == "Z" else name
    if name in WALL_CLOCKS:
        return ZoneInfo(WALL_CLOCKS[name]), WALL_CLOCKS[name]
    offset = OFFSET.fullmatch(name)
    if offset:
        hours, minutes = int(offset["hours"]), int(offset["minutes"] or 0)
        size = timedelta(hours=hours, minutes=minutes)
        return timezone(-size if offset["sign"] == "-" else size), f"{offset['sign']}{hours:02}:{minutes:02}"
    return ZoneInfo(default), default


def writes_month_first(zone: str) -> bool:
    """Whether papers there write the month before the day in figures."""
    return zone.startswith("US/") or any(city in zone for city in AMERICAN)
