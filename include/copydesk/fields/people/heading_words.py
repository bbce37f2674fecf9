"""Whether two or three words with capitals are a heading or a place rather than a name; the words are in heading_words.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from copydesk.fields.people.first_names import has_first_name, plain

FIGURE = re.compile(r"\d")
FAMILY, PLACES = "family", "named_places"  # of the lists; the others are words by language


def may_be_name(name: str) -> bool:
    """Whether somebody may be called so: by a common first name, or since it has no word that headings are made of."""
    return has_first_name(name) or not _is_heading(plain(name))


def _is_heading(line: str) -> bool:
    words, family, places = _lists()
    parts = line.split()
    return parts[0] in family or not words.isdisjoint(parts) or line in places or FIGURE.search(line) is not None


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words of headings; those among them that are family names, too; and names of places."""
    table: dict[str, str] = tomllib.loads(files("copydesk.fields.people").joinpath("heading_words.toml").read_text("utf-8"))
    places = " ".join(table.pop(PLACES).split()).split(", ")
    family = plain(table.pop(FAMILY)).split()
    return frozenset(plain(" ".join(table.values())).split()), frozenset(family), frozenset(map(plain, places))
