"""What a dump is called and where its files lie: the key of a day or of an archive, filled into a source's pattern."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import PurePosixPath

from copydesk.errors import BadInput

PLACEHOLDER = re.compile(r"\{key(?::([^{}]*))?\}")
DIRECTIVE = re.compile(r"%(.?)")
DIRECTIVES = frozenset("Ymdyj%")  # those that no locale changes
YEAR, DAY_OF_YEAR = "Yy", ({"m", "d"}, {"j"})
ARCHIVE = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]{0,99}")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])|unknown")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Kind(StrEnum):
    """What a run ingests: the dump of a day, which a later one of that day replaces, or an archive of many years."""

    DAY = "day"
    ARCHIVE = "archive"


def is_day(key: str) -> bool:
    """Whether the key is a day of the calendar, as ISO 8601 writes it."""
    try:
        return date.fromisoformat(key).isoformat() == key
    except ValueError:
        return False


def is_month(key: str) -> bool:
    """Whether the key is a month of publication, such as `2026-11`, or `unknown`."""
    return MONTH.fullmatch(key) is not None


def is_archive(key: str) -> bool:
    """Whether the key may name an archive: it begins with a letter, so it is never taken for a day, nor a slip for one."""
    return ARCHIVE.fullmatch(key) is not None and ".." not in key


def kind_of(key: str) -> Kind:
    """What a key stands for; BadInput where it can be neither."""
    if is_day(key):
        return Kind.DAY
    if is_archive(key):
        return Kind.ARCHIVE
    allowed = "a letter, then at most 99 letters, digits and any of _ - + . but no two dots in a row"
    raise BadInput(f"{key!r} is no day such as 2026-11-03, and no name of an archive ({allowed}); give one of them")


def check_pattern(pattern: str) -> str:
    """A source's `raw` as it is; ValueError says what is wrong with it."""
    if not PLACEHOLDER.search(pattern):
        raise ValueError("must contain {key}, which stands for the partition key, such as 'lbc/{key}/*.txt*'")
    check_place(pattern)
    if re.search(r"[{}]", PLACEHOLDER.sub("", pattern)):
        raise ValueError("may hold no braces but {key}, which stands for the partition key, or {key:%Y/%m/%d}")
    formats = PLACEHOLDER.findall(pattern)
    used = {found for form in formats for found in DIRECTIVE.findall(form)}
    if unknown := sorted(used - DIRECTIVES):
        raise ValueError(f"%{unknown[0]} is not understood in {{key:…}}; use %Y, %m and %d, or %y and %j")
    if all(formats) and not (used.intersection(YEAR) and any(parts <= used for parts in DAY_OF_YEAR)):
        raise ValueError("{key:…} must name the whole day, such as {key:%Y/%m/%d}: otherwise days share their files")
    return pattern


def check_place(place: str) -> str:
    """A path or glob below COPYDESK_RAW as it is; ValueError where it leads elsewhere."""
    if not place or place.startswith("/") or "://" in place or ".." in PurePosixPath(place).parts:
        raise ValueError("must be relative to COPYDESK_RAW and stay below it")
    if CONTROL.search(place):
        raise ValueError("has a control character, which no file name should have")
    if "**/**" in place:
        raise ValueError("has **/**, which finds what one ** finds, only later: leave one of them out")
    return place


def place_of(pattern: str, key: str) -> str:
    """Where the files of `key` lie; BadInput where the pattern wants a day and the key is not one."""
    return PLACEHOLDER.sub(lambda found: _filled(found[1], found[0], key), pattern)


def _filled(form: str | None, placeholder: str, key: str) -> str:
    if not form:
        return key
    if not is_day(key):
        raise BadInput(f"{key!r} is no day, which {placeholder} of the source's `raw` needs; give the path of the archive")
    return date.fromisoformat(key).strftime(form)
