"""What a page is, as its statements and its words have it; the word lists are in kinds.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.expressions import uncaptured
from copydesk.fields.words import Ints

PAID = frozenset({"false", "no", "0", "locked", "metered", "premium", "paid", "subscriber"})
FREE = frozenset({"true", "yes", "1", "free"})
MAX_LINE_CHARS = 300  # a longer line is a paragraph, and is not searched to its end
FEW_LINES = 500  # to compile an expression takes as long as to look at so many
EDGES = " \t.!…:–—-|•"
APOSTROPHES = "'ʼ‘`"
CLOCK = re.compile(r"\W{0,3}(?:[01]?\d|2[0-3]) ?[:.h] ?[0-5]\d(?!\d)")
EDGE = r"\b"  # opens most expressions; none has a bar outside of brackets
PARTS = re.compile(r"\s+[|–—·•»:-]+\s+|\s*\|\s*")


def free_to_read(stated: Iterable[str]) -> bool | None:
    """The first statement that can be understood: `isAccessibleForFree`, or the tier of the content."""
    for value in stated:
        word = value.rpartition("/")[2].strip().lower()  # `http://schema.org/False`
        if word in PAID or word in FREE:
            return word in FREE
    return None


def is_error(line: str) -> bool:
    """Whether the line, or a part of it between bars, says that there is no page, and nothing else."""
    return _is_whole("error", line[:MAX_LINE_CHARS])


def is_consent(line: str) -> bool:
    """Whether the line, or a part of it between bars, is the heading of a request for consent."""
    return _is_whole("consent", line[:MAX_LINE_CHARS])


def asks_consent(paragraph: str) -> bool:
    """Whether the paragraph speaks as only a request for consent does."""
    return _says("consent", "inside", paragraph)


def speaks_of_consent(paragraph: str) -> bool:
    """Whether the paragraph has a word that stands in requests for consent, as it may elsewhere."""
    return _may_say("consent", _plain(paragraph))


def bars_reader(line: str) -> bool:
    """Whether the line says that what follows is for those who pay or register."""
    return _bars(line[:MAX_LINE_CHARS])  # cut before it is remembered


@lru_cache(maxsize=4096)  # the lines of a menu stand on every page of a dump
def _bars(line: str) -> bool:
    return _says("paywall", "line", line)


def may_bar(lines: pa.Array) -> Ints:
    """Those of many lines that are worth asking so: they hold a stem of the idea."""
    if len(lines) <= FEW_LINES:
        plain = list(map(_plain, lines.to_pylist()))
        if not _may_say("paywall", "\n".join(plain)):
            return np.zeros(0, np.int64)
        return np.flatnonzero([_may_say("paywall", line) for line in plain])
    stems = "|".join(_table()["paywall"]["stems"])
    return np.flatnonzero(pc.match_substring_regex(pc.utf8_lower(lines), stems).to_numpy(zero_copy_only=False))


def promises_updates(title: str) -> bool:
    """Whether the title is that of a report as things happen."""
    return _says("live", "title", title)


def opens_with_time(line: str) -> bool:
    """Whether a time of day opens the line, as it does each entry of a report as things happen."""
    return CLOCK.match(line) is not None


@lru_cache(maxsize=1 << 14)
def _is_whole(idea: str, line: str) -> bool:
    plain = _plain(line)
    if not _may_say(idea, plain):
        return False
    expression = _expression(idea, "line")
    return any(expression.fullmatch(part.strip(EDGES)) for part in (plain, *PARTS.split(plain)))


def _says(idea: str, place: str, line: str) -> bool:
    plain = _plain(line)
    return _may_say(idea, plain) and _expression(idea, place).search(plain) is not None


def _plain(line: str) -> str:
    plain = line[:MAX_LINE_CHARS].lower()
    for sign in APOSTROPHES:  # hardly any line has one, and looking for it takes a tenth of the time that a translation does
        plain = plain.replace(sign, "’")
    return plain


def _may_say(idea: str, plain: str) -> bool:
    """Whether one of the idea's stems is in the line: looking for those takes a fiftieth of the time."""
    return any(map(plain.__contains__, _table()[idea]["stems"]))


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("copydesk.fields").joinpath("kinds.toml").read_text("utf-8"))


@cache
def _expression(idea: str, place: str) -> re.Pattern[str]:
    """One for all: what begins with a word is looked for only where words do, else each would be tried at every letter."""
    patterns = [uncaptured(pattern) for pattern in _table()[idea][place]]
    words = [pattern.removeprefix(EDGE) for pattern in patterns if pattern.startswith(EDGE)]
    others = [pattern for pattern in patterns if not pattern.startswith(EDGE)]
    return re.compile("|".join([*others, *([f"{EDGE}(?:{'|'.join(words)})"] if words else [])]))
