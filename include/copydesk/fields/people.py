"""Bylines → people and agencies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from copydesk.fields.agencies import agency, agency_in_brackets

OPENING = re.compile(
    r"^\W*(?:(?:words|text|story|reporting|report|written|analysis|opinion|exclusive)\s+)?"
    r"(?:by|von|par|por|di|przez|автор|autore?|auteur|author|συντάκτης|reporter)s?\b\s*:?\s+",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\s*(?:[,;|/•·\n]|\s[-–—]\s|\s(?:and|und|et|y|e|i|и|και|with|mit|avec|&)\s)\s*", re.IGNORECASE)
PARTS = re.compile(r"\s*[|•·]\s*|\s[-–—]\s")
ADDRESS = re.compile(r"\S*(?:@|https?://|www\.)\S*")
BRACKETS = re.compile(r"\([^)]*\)")
FIGURE = re.compile(r"\s+\d.*")  # of a date behind the name
# A name is two to five words that begin with a capital, but for the small words inside some.
PARTICLES = r"d['’]\w+|d[aeiu]|del?|der|van|von|den|ter|la|le|bin|al|el|dos|ibn"
NAME_WORD = rf"(?:[^\W\d_a-zа-яα-ω][\w.'’‘-]*|{PARTICLES})"
NAME = re.compile(rf"{NAME_WORD}(?:\s+{NAME_WORD}){{1,4}}")
TITLES = re.compile(r"^(?:mr|mrs|ms|dr|prof|sir|dame|lord|rev)\.?\s+", re.IGNORECASE)
ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|journalist|columnist|staff|desk|team|redaktion|redakteurin?|korrespondentin?"
    r"|rédaction|journaliste|redacción|redakcja|редакция|bureau|news|media|online|agency|agencies|newsroom|service|press"
    r"|published|updated|times|herald|tribune|guardian|gazette|zeitung|magazine|today)\b",
    re.IGNORECASE,
)
MAX_NAME_CHARS = 60
MAX_LINE_CHARS = 300  # a longer line is no byline


class Byline(NamedTuple):
    """Who signed: people in order, and the agency if one is named."""

    authors: tuple[str, ...]
    agency: str | None


@lru_cache(maxsize=4096)
def parse_byline(text: str) -> Byline:
    """People and agency of one byline, such as `By Ann Lee and Bo Ek, Reuters`."""
    text = ADDRESS.sub(" ", text[:MAX_LINE_CHARS])
    found_agency = agency_in_brackets(text)
    authors: dict[str, None] = {}
    for part in SPLIT.split(BRACKETS.sub(" ", text)):
        opening = OPENING.match(part)
        name = " ".join(part[opening.end() :].split() if opening else part.split())
        name = TITLES.sub("", (FIGURE.sub("", name) if opening else name).strip(" .,:;-–—*"))
        called = agency(name)
        if called:
            found_agency = found_agency or called
        elif is_person(name):
            authors[name] = None
    return Byline(tuple(authors), found_agency)


def signed_parts(line: str) -> list[str]:
    """The parts of a line that open like a byline: `Par X` of `Publié le 1 mai | Par X`."""
    return [part for part in PARTS.split(line[:MAX_LINE_CHARS]) if OPENING.match(part)]


def is_person(name: str) -> bool:
    """Whether it reads like a person's name rather than a desk, a place or a sentence."""
    return len(name) <= MAX_NAME_CHARS and bool(NAME.fullmatch(name)) and not ROLE.search(name)


def people(names: Iterable[str]) -> tuple[str, ...]:
    """People of several bylines, each once, in order."""
    seen: dict[str, str] = {}
    for name in names:
        for author in parse_byline(name).authors:
            seen.setdefault("".join(author.casefold().split()), author)
    return tuple(seen.values())
