"""What a document says of itself, as it says it: evidence, not truth."""

from __future__ import annotations

from typing import NamedTuple


class Claim(NamedTuple):
    """One statement about a document."""

    field: str  # a column of articles, `rule.` before it where a rule gives it; or what helps to find one, such as `site`
    value: str  # as it is written there
    clue: str  # who says so: given (by the container), jsonld, meta, microdata, head, h1, link, time, or the name of the rule


class Item(NamedTuple):
    """The value of an `itemprop` or a `rel=author` link, as the page states it."""

    prop: str
    value: str
