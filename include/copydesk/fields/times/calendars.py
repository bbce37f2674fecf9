"""Dates of other calendars, and in other figures, as Gregorian ones in ours; what no rule is sure of stays as it is."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from copydesk.fields.times.months import month_of

# Of scripts that have figures or calendars of their own; Latin, Greek and Cyrillic are before, and dashes, quotation marks and arrows between.
OTHER = re.compile("[\u0590-\u200f\u202a-\u202e\u2060-\u206f\u2c00-\U0010ffff]")
MONTH_IN_FIGURES = re.compile("thá", re.IGNORECASE)  # of Vietnamese
SIGNS = str.maketrans({"：": ":", "／": "/", "．": ".", "،": ",", "ی": "ي", "ک": "ك"})
# Directions, vowels and what else stands on Arabic letters, or draws them out: some write it, some do not.
MARKS = re.compile("[\u0640\u064b-\u0655\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ARABIC, THAI, INDIAN = re.compile("[\u0600-\u06ff]"), re.compile("[\u0e00-\u0e7f]"), re.compile("[०-९]")

BUDDHIST = 543  # years that Thailand is ahead
THAI_DOT = re.compile("(?<=[\u0e00-\u0e7f])\\.(?=[\u0e00-\u0e7f\\s\\d]|$)")  # `พ.ย.`
THAI_EDGE = re.compile("(?<=\\d)(?=[ก-๎])|(?<=[ก-๎])(?=\\d)")
THAI_ERA = re.compile(r"(?:พศ|พุทธศักราช)\s+(?=\d)")
THAI_YEAR = re.compile(r"(?<!\d)25[3-9]\d(?!\d)")  # no date of news is of such a year of Christ's
THAI_SHORT = re.compile("(?<!\\d)(?P<day>\\d{1,2})\\s+(?P<name>[ก-๎]+)\\s+(?P<year>[3-9]\\d)(?!\\d|\\s?[:.])")

PERSIAN = re.compile("[\u06f0-\u06f9پچژگ]")  # figures and letters that Arabic has not
SOLAR_LANGUAGES = frozenset({"fa", "ps"})
# From 1990 on. By the Moon, as Arabic and Urdu papers count, news is of later years than these.
SOLAR_YEAR = r"13(?:69|[7-9]\d)|140\d"
SOLAR = re.compile(rf"(?<![\d/.-])(?P<year>{SOLAR_YEAR})(?P<sep>[/.-])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)")
SOLAR_LAST = re.compile(rf"(?<![\d/.-])(?P<day>\d{{1,2}})(?P<sep>[/-])(?P<month>\d{{1,2}})(?P=sep)(?P<year>{SOLAR_YEAR})(?!\d)")
SOLAR_NAMED = r"(?<!\d)(?P<day>\d{{1,2}})\s+(?P<name>{})(?:[\s\u200c]*ماه)?[\s,]+(?:سال\s+)?(?P<year>1[34]\d\d)(?!\d)"
SOLAR_YEARS = range(1304, 1468)  # 1925 to 2089: so long, of 33 years these have a day more, as the sun is seen from Tehran
LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
NEW_YEAR, ITS_YEAR = date(2024, 3, 20), 1403

VIETNAMESE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})(?:\s*,|\s+năm)?\s+(?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
ERA = r"(?P<era>{})\s*(?P<year>\d{{1,3}}|元)\s*(?=年\s*\d{{1,2}}\s*月)"
# Nepal is 57 years ahead: a year of 2047 or later in Indian figures is of its calendar.
NEPALI = re.compile(r"(?<!\d)20(?:4[7-9]|[5-9]\d)[/.-]\d{1,2}[/.-]\d{1,2}")


class _Names(NamedTuple):
    """What stands in calendars.toml, with the expressions for it."""

    words: dict[str, str]
    word: re.Pattern[str]
    solar: dict[str, int]
    solar_date: re.Pattern[str]
    eras: dict[str, list[int]]
    era: re.Pattern[str]


def in_gregorian(text: str, language: str | None = None) -> str:
    """`text` with figures as we write them and dates of other calendars as `2026/11/03`."""
    if text.isascii():
        return _of_language(text, language)
    if not OTHER.search(text) and not MONTH_IN_FIGURES.search(text):
        return text
    is_indian, is_thai = INDIAN.search(text) is not None, THAI.search(text) is not None
    is_arabic, is_persian = ARABIC.search(text) is not None, PERSIAN.search(text) is not None
    names = _names()
    text = names.word.sub(lambda found: names.words[found[0].lower()], _plain(text))
    text = names.era.sub(lambda found: _of_era(found, names.eras), text)
    text = VIETNAMESE.sub(r"\g<year>/\g<month>/\g<day>", text)
    if is_thai:
        return _of_language(_thai(text), "th")
    if is_arabic:
        text = names.solar_date.sub(lambda found: _of_sun(found, names.solar[found["name"]]), text)
        return _of_language(text, "fa" if is_persian else language)
    return NEPALI.sub("", text) if is_indian else text


def from_solar(year: int, month: int, day: int) -> date | None:
    """The day that Iran and Afghanistan call so; None where their calendar has no such day, or it is far from our time."""
    days = 31 if month <= 6 else 30 if month < 12 or year % 33 in LEAP else 29
    if year not in SOLAR_YEARS or not 1 <= month <= 12 or not 1 <= day <= days:
        return None
    return _new_year(year) + timedelta(days=(month - 1) * 30 + min(month - 1, 6) + day - 1)


def _new_year(year: int) -> date:
    first, last = sorted((year, ITS_YEAR))
    days = sum(365 + (each % 33 in LEAP) for each in range(first, last))
    return NEW_YEAR + timedelta(days=days if year > ITS_YEAR else -days)


def _plain(text: str) -> str:
    """One way to write the same: figures, signs, letters of Arabic."""
    text = unicodedata.normalize("NFC", text).translate(SIGNS)
    figures = {char for char in text if char.isdecimal() and not char.isascii()}
    text = text.translate({ord(char): str(unicodedata.decimal(char)) for char in figures})
    return MARKS.sub("", unicodedata.normalize("NFD", text)) if ARABIC.search(text) else MARKS.sub("", text)


def _of_language(text: str, language: str | None) -> str:
    """Years that only the language tells."""
    if language == "th":
        return THAI_YEAR.sub(lambda found: str(int(found[0]) - BUDDHIST), text)
    if language in SOLAR_LANGUAGES:
        return SOLAR_LAST.sub(_of_sun, SOLAR.sub(_of_sun, text))
    return text


def _of_sun(found: re.Match[str], month: int | None = None) -> str:
    at = from_solar(int(found["year"]), month or int(found["month"]), int(found["day"]))
    sep = "/" if month else found["sep"]
    return at.strftime(f"%Y{sep}%m{sep}%d") if at else ""


def _of_era(found: re.Match[str], eras: dict[str, list[int]]) -> str:
    before, years = eras[found["era"]]
    year = 1 if found["year"] == "元" else int(found["year"])
    return str(before + year) if 1 <= year <= years else found[0]


def _thai(text: str) -> str:
    text = THAI_ERA.sub("", THAI_EDGE.sub(" ", THAI_DOT.sub("", text)))

    def in_full(found: re.Match[str]) -> str:
        return f"{found['day']} {found['name']} 25{found['year']}" if month_of(found["name"], "th") else found[0]

    return THAI_SHORT.sub(in_full, text)


@cache
def _names() -> _Names:
    table: dict[str, Any] = tomllib.loads(files("copydesk.fields.times").joinpath("calendars.toml").read_text("utf-8"))
    words = {_plain(written): meant for written, meant in table["words"].items()}
    solar = {name: number for number, names in enumerate(_plain(table["solar"]).split("|"), 1) for name in names.split()}
    return _Names(
        words,
        re.compile(f"(?<!\\w)(?:{_any_of(words)})(?!\\w)", re.IGNORECASE),
        solar,
        re.compile(SOLAR_NAMED.format(_any_of(solar))),
        table["eras"],
        re.compile(ERA.format(_any_of(table["eras"]))),
    )


def _any_of(names: dict[str, Any]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))
