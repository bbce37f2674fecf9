"""Bylines → people and agencies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

OPENING = re.compile(
    r"^\W*(?:(?:words|text|story|reporting|report|written|analysis|opinion|exclusive)\s+)?"
    r"(?:by|von|par|por|di|von:|автор|autore?|auteur|author|συντάκτης|reporter)s?\b\s*:?\s*",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\s*(?:[,;|/•·\n]|\s(?:and|und|et|y|e|i|и|και|with|mit|avec|&)\s)\s*", re.IGNORECASE)
ADDRESS = re.compile(r"\S*(?:@|https?://|www\.)\S*")
BRACKETS = re.compile(r"\([^)]*\)")
# A name is two to five words that begin with a capital, but for the small words inside some.
NAME = re.compile(r"^(?:[^\W\d_a-zа-яα-ω][\w.'’‘-]*|d['’]\w+|d[aeiu]|del?|der|van|von|den|ter|la|le|bin|al|el|dos|ibn)(?:\s+(?:[^\W\d_a-zа-яα-ω][\w.'’‘-]*|d['’]\w+|d[aeiu]|del?|der|van|von|den|ter|la|le|bin|al|el|dos|ibn)){1,4}$")
TITLES = re.compile(r"^(?:mr|mrs|ms|dr|prof|sir|dame|lord|rev)\.?\s+", re.IGNORECASE)
ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|journalist|columnist|staff|desk|team|redaktion|redakteurin?|korrespondentin?|"
    r"rédaction|journaliste|redacción|redakcja|редакция|bureau|news|media|online|agency|agencies|newsroom|service|press|published|updated|times|herald|tribune|guardian|gazette|zeitung|magazine|today)\b",
    re.IGNORECASE,
)


class Byline(NamedTuple):
    """Who signed: people in order, and the agency if one is named."""

    authors: tuple[str, ...]
    agency: str | None


@cache
def _agencies() -> dict[str, str]:
    """Alias → agency; an alias in capitals is kept so, the others in lower case."""
    table = tomllib.loads(files("copydesk.fields").joinpath("agencies.toml").read_text("utf-8"))
    return {alias: name for name, aliases in table.items() for alias in aliases}


def agency(name: str) -> str | None:
    """The agency that `name` calls, as a whole."""
    name = name.strip(" .,:;()-–—")
    return _agencies().get(name) or _agencies().get(name.lower())


@lru_cache(maxsize=4096)
def parse_byline(text: str) -> Byline:
    """People and agency of one byline, such as `By Ann Lee and Bo Ek, Reuters`."""
    text = OPENING.sub("", ADDRESS.sub(" ", text.strip()), count=1)
    found_agency = next((a for bracket in BRACKETS.findall(text) if (a := agency(bracket))), None)
    authors: list[str] = []
    for part in SPLIT.split(BRACKETS.sub(" ", text)):
        part = TITLES.sub("", " ".join(part.split()).strip(" .,:;-–—*"))
        if not part:
            continue
        if name := agency(part):
            found_agency = found_agency or name
        elif is_person(part):
            authors.append(part)
    return Byline(tuple(dict.fromkeys(authors)), found_agency)


def is_person(name: str) -> bool:
    """Whether it reads like a person's name rather than a desk, a place or a sentence."""
    return bool(NAME.match(name)) and not ROLE.search(name) and len(name) <= 60


def people(names: Iterable[str]) -> tuple[str, ...]:
    """People of several bylines, each once, in order."""
    seen: dict[str, str] = {}
    for name in names:
        for author in parse_byline(name).authors:
            seen.setdefault("".join(author.casefold().split()), author)
    return tuple(seen.values())
