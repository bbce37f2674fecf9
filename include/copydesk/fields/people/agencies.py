"""News agencies by what bylines, credits and datelines call them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

BRACKET = re.compile(r"\(([^()]*)\)")
MOST_WORDS = 3  # of an agency's name
DASHES = "—–-"
# Place and agency that open a report: `LONDON (AP) —`.
DATELINE = re.compile(r"(?P<dateline>[^\W\d_][\w .,'’/-]{1,40}?(?:\s*\([\w /]{2,30}\))?)\s*(?:[—–]|--?)\s")
# A day with its year in one, as press releases have it: `LONDON, Nov. 3, 2026 (GLOBE NEWSWIRE) --`, `Berlin, 3. November 2026 –`.
DATED = re.compile(
    r"[^\W\d_][^—–\d]{1,50}[,(] ?(?P<date>(?:[^\W\d_]{3,12}\.? \d{1,2}, ?|\d{1,2}(?:\.|er|º)? (?:de )?[^\W\d_]{3,12}\.? (?:de )?)(?:19|20)\d\d)\)?"
    r"(?: ?[(/][^()/\n]{2,40}[)/])?[:,]?\s*(?:[—–]|--?|/)\s"
)


@cache
def _aliases() -> dict[str, str]:
    """Alias → agency; an alias in capitals is kept so, the others in lower case."""
    table = tomllib.loads(files("copydesk.fields.people").joinpath("agencies.toml").read_text("utf-8"))
    return {alias: name for name, aliases in table.items() for alias in aliases}


def agency(name: str) -> str | None:
    """The agency that `name` calls, as a whole."""
    name = name.strip(" .,:;()-–—")
    return _aliases().get(name) or _aliases().get(name.lower())


def agency_behind(name: str) -> tuple[str, str | None]:
    """What stands before an agency's name, and the agency: `Ann Lee Associated Press` → Ann Lee, Associated Press."""
    words = name.split()
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        if found := agency(" ".join(words[-count:])):
            return " ".join(words[:-count]), found
    return name, None


def agency_in_brackets(text: str) -> str | None:
    """The first agency named in brackets."""
    return next((found for bracket in BRACKET.findall(text) if (found := agency(bracket))), None)


def read_dateline(paragraphs: Sequence[str]) -> str | None:
    """`LONDON (AP)` of `LONDON (AP) — …`: capitals or an agency in brackets, else it is a sentence with a dash."""
    found = DATELINE.match(paragraphs[0]) if paragraphs and any(map(paragraphs[0].__contains__, DASHES)) else None
    if not found:
        return None
    place = found["dateline"].strip()
    is_dateline = agency_in_brackets(place) is not None if "(" in place else place.isupper()
    return place if is_dateline else None


def read_dated(paragraphs: Sequence[str]) -> str | None:
    """`Nov. 3, 2026` of a first paragraph that opens with place, day and dash."""
    found = DATED.match(paragraphs[0]) if paragraphs and any(map(paragraphs[0].__contains__, DASHES)) else None
    return found["date"] if found else None
