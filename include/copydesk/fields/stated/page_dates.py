"""Times that JSON-LD states without an article: of the page as a whole, or in a script that is no JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copydesk.fields.claims import Claim
from copydesk.fields.stated.things import Thing, types_of

DATES = {"datePublished": "published_at", "dateModified": "modified_at"}
# A video on the page or a list it links to has dates of its own, so not every thing is asked.
PAGES = re.compile(r"Page$|Recipe$|Product$|Question$|CreativeWork$|Episode$")
STATED = re.compile(rf'"(?P<name>{"|".join(DATES)})"\s*:\s*"(?P<value>[^"\\]{{8,40}})"')


def page_dates(things: Iterable[Thing], torn: Iterable[str]) -> Iterator[Claim]:
    """Times of the page itself, then the first ones in scripts that cannot be parsed."""
    for thing in things:
        if any(map(PAGES.search, types_of(thing))):
            for prop, field in DATES.items():
                if isinstance(value := thing.get(prop), str) and value.strip():
                    yield Claim(field, value.strip(), "jsonld")
    for text in torn:
        first = {found["name"]: found["value"] for found in reversed(list(STATED.finditer(text)))}
        yield from (Claim(DATES[name], value, "jsonld") for name, value in first.items())
