"""A clock time in a line, as newspapers print it."""

from __future__ import annotations

import re
from typing import NamedTuple

REACH = 40  # characters from the date; what stands further off belongs to something else
CLOCK = re.compile(
    r"(?<![\d.:/-])(?:(?P<early>上午|下午|晚上|凌晨|午前|午後|오전|오후)\s*)?(?P<hour>\d{1,2})(?:\s?[:.h時时点]\s?(?P<minute>\d{2})(?:[:分](?P<second>\d{2}))?)?"
    r"(?![\d/-])\s*(?P<half>(?:[ap]\.?\s?m|[صم]|صباحا|مساء|[قب]\.?\s?ظ|(?-i:SA|CH)|Ö[ÖS]|[πμ]\.?μ)\b\.?)?(?:\s*(?:Uhr|Std|h|uur|godz)\b)?"
    r"(?:\s*\(?(?P<zone>Z\b|UTC(?![+-])|GMT(?![+-])|[A-Z]{1,4}T\b|MEZ\b|MESZ\b|MSK\b|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?\b))?",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
AFTERNOON = ("下午", "晚上", "午後", "오후")
SECOND_HALF = frozenset({"p", "م", "ب", "ch", "ös", "μ"})  # how what stands behind a clock of twelve hours begins
FIRST_HALF = frozenset({"a", "ص", "ق", "sa", "öö", "π"})


class Clock(NamedTuple):
    """Hour to second as a clock shows them, and the zone as it is written."""

    hour: int
    minute: int
    second: int | None
    zone: str | None


def find_clock(text: str) -> Clock | None:
    """The first time within reach of a date; a bare number is not one."""
    text = text[:REACH]
    digit = DIGIT.search(text)
    if not digit:
        return None
    for found in CLOCK.finditer(text, digit.start() if text.isascii() else 0):  # what may stand before the hour is Chinese
        if found["minute"] or (found["half"] or "").lower().startswith(("a", "p")):
            second = int(found["second"]) if found["second"] else None
            return Clock(_hour(found), int(found["minute"] or 0), second, found["zone"])
    return None


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"])
    half = (found["half"] or "").lower()
    starts = {half[:1], half[:2]}
    if starts & SECOND_HALF or (found["early"] in AFTERNOON and hour < 12):
        return hour % 12 + 12
    return hour % 12 if starts & FIRST_HALF else hour
