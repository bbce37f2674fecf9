"""Times that are told from the moment of reading, such as `3 hours ago`: they mean something only where that is known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from copydesk.fields.times.dates import Moment

WORD = re.compile(r"\w+")
MAX_CHARS = 60  # a longer line tells a story
SURE_HOURS = 4  # of a crawl of which only the day is known: so far back it is that day still, five times of six
FIRST_UNPARTED = "\u2e80"  # Chinese, Japanese and Korean letters begin here
STEPS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}


class Words(NamedTuple):
    """The expressions for the words of all languages."""

    ago: re.Pattern[str]
    yesterday: re.Pattern[str]
    span: re.Pattern[str]
    needed: frozenset[str]  # what the first two match has one of these, as a whole word where it is ASCII


@cache
def _words() -> Words:
    table: dict[str, Any] = tomllib.loads(files("copydesk.fields.times").joinpath("relative.toml").read_text("utf-8"))
    units = "|".join(f"(?P<{unit}>{'|'.join(_longest_first(starts))})" for unit, starts in table["units"].items())
    span = rf"\b(?:(?P<number>\d{{1,3}})\s?|(?:{'|'.join(table['one'])})\s)(?:{units})"
    said = ("|".join(map(_whole, _longest_first(table[idea]))) for idea in ("ago", "yesterday"))
    needed = frozenset(word.split()[-1] for word in (*table["ago"], *table["yesterday"]))
    ago, yesterday, counted = (re.compile(pattern, re.IGNORECASE) for pattern in (*said, span))
    return Words(ago, yesterday, counted, needed)


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _whole(word: str) -> str:
    """The expression for a word, whole in scripts that part words."""
    return word if word >= FIRST_UNPARTED else rf"\b{word}\b"


def is_relative(text: str) -> bool:
    """Whether the line counts back from when it is read."""
    words = _words()
    if len(text) > MAX_CHARS or (text.isascii() and words.needed.isdisjoint(WORD.findall(text.lower()))):
        return False  # few lines count back, and the expressions take longer to see it
    return bool(words.yesterday.search(text) or (words.ago.search(text) and words.span.search(text)))


def parse_relative(text: str, read: Moment) -> Moment | None:
    """The moment meant by a line that was read at `read`; hours and more are known to the day."""
    if not is_relative(text):
        return None
    found = _words().span.search(text)
    unit = next(name for name in STEPS if found[name]) if found else "day"
    number = int(found["number"] or 1) if found else 1
    if read.precision == "day" and unit == "hour" and number > SURE_HOURS:
        return None
    try:
        at = read.at - (number * STEPS[unit] if read.precision != "day" or unit in ("day", "week") else timedelta())
    except OverflowError:
        return None
    if unit == "minute" and read.precision != "day":
        return Moment(at, "minute", "UTC")
    return Moment(at.replace(hour=0, minute=0, second=0, microsecond=0), "day", "UTC")
