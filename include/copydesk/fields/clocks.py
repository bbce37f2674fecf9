"""A clock time in a line, as newspapers print it."""

from __future__ import annotations

import re
from typing import NamedTuple

REACH = 40  # characters from the date; what stands further off belongs to something else
CLOCK = re.compile(
    r"(?<![\d.:/-])(?:(?P<early>上午|下午|晚上|凌晨)\s*)?(?P<hour>\d{1,2})(?:\s?[:.h時时点]\s?(?P<minute>\d{2})(?:[:分](?P<second>\d{2}))?)?"
    r"(?![\d/-])\s*(?P<half>[ap]\.?\s?m\b\.?)?(?:\s*(?:Uhr|Std|h|uur|godz)\b)?"
    r"(?:\s*\(?(?P<zone>Z\b|UTC(?![+-])|GMT(?![+-])|[A-Z]{1,4}T\b|MEZ\b|MESZ\b|MSK\b|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?\b))?",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
AFTERNOON = ("下午", "晚上")


class Clock(NamedTuple):
    """Hour to second as a clock shows them, and the zone as it is written."""

    hour: int
    minute: int
    second: int | None
    zone: str | None


def find_clock(text: str) -> Clock | None:
    """The first time in the reach of a date; a bare number is none."""
    text = text[:REACH]
    digit = DIGIT.search(text)
    if not digit:
        return None
    for found in CLOCK.finditer(text, digit.start() if text.isascii() else 0):  # what may stand before the hour is Chinese
        if found["minute"] or found["half"]:
            second = int(found["second"]) if found["second"] else None
            return Clock(_hour(found), int(found["minute"] or 0), second, found["zone"])
    return None


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"])
    half = (found["half"] or "")[:1].lower()
    if half == "p" or (found["early"] in AFTERNOON and hour < 12):
        return hour % 12 + 12
    return hour % 12 if half == "a" else hour
