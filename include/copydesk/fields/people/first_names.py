"""Whether a name begins with a first name that many bear; the names are in first_names.toml."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

WITHIN = str.maketrans("łøđıßæ", "lodisa")  # letters that are not one letter and an accent
FIRST = re.compile(r"[^\W\d_]+")


@cache
def _names() -> frozenset[str]:
    table: dict[str, str] = tomllib.loads(files("copydesk.fields.people").joinpath("first_names.toml").read_text("utf-8"))
    return frozenset(plain(name) for names in table.values() for name in names.split())


def has_first_name(name: str) -> bool:
    """Whether its first word, or that word up to a hyphen, is a common first name."""
    first = plain(name.partition(" ")[0])
    part = FIRST.match(first)
    return first in _names() or (part is not None and part[0] in _names())


def plain(word: str) -> str:
    """The word in small letters without accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.casefold().translate(WITHIN))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
