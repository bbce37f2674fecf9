"""The fields of an article, each with what it was read from and what the page states of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from copydesk.sites.verdict import RULED
from copydesk.views.document.blocks import Block
from copydesk.views.visible import visible

LONGEST = 300  # characters of a value
MOST_CLAIMS = 8  # of a field
# Columns by what people call them, each with the names under which pages state it.
SHOWN = {
    "title": ("Title", ("title",)),
    "standfirst": ("Standfirst", ("standfirst", "description")),
    "published_at": ("Published", ("published_at", "time")),
    "modified_at": ("Modified", ("modified_at",)),
    "crawled_at": ("Crawled", ()),
    "authors": ("Authors", ("authors", "author")),
    "agency": ("Agency", ("agency", "source")),
    "item_version": ("Agency's version", ("item_version",)),
    "dateline": ("Dateline", ("dateline",)),
    "section": ("Section", ("section",)),
    "tags": ("Tags", ("tags", "keywords")),
    "language": ("Language", ("language",)),
    "url": ("Address", ()),
    "canonical_url": ("Canonical address", ("canonical_url",)),
    "page_type": ("Kind of page", ("type", "page_type")),
    "free_to_read": ("Free to read", ("free_to_read",)),
    "stated_body": ("Stated body", ()),
    "word_count": ("Words", ()),
    "label_confidence": ("Confidence", ()),
}
SAID_BY = {  # the label of the blocks that are read for a column
    "title": "title",
    "standfirst": "standfirst",
    "published_at": "date",
    "modified_at": "date",
    "authors": "byline",
    "agency": "byline",
}


class Claim(NamedTuple):
    """What the page or its container states: who says it, and what."""

    clue: str
    value: str


class Field(NamedTuple):
    """One column: its value in words, how it is known, and what is stated of it."""

    column: str
    name: str
    value: str
    known_by: str
    blocks: list[int]  # that say it, by their places
    claims: list[Claim]


def fields_of(row: Mapping[str, Any], claims: Sequence[Mapping[str, str]], blocks: Iterable[Block]) -> list[Field]:
    """Every field that people ask after."""
    places: dict[str, list[int]] = {}
    for block in blocks:
        places.setdefault(block.label, []).append(block.ordinal)
    return [
        Field(
            column,
            name,
            _in_words(row[column]),
            _known_by(row, column),
            places.get(SAID_BY.get(column, ""), [])[:MOST_CLAIMS],
            _claims(claims, stated),
        )
        for column, (name, stated) in SHOWN.items()
    ]


def _in_words(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} UTC"
    if isinstance(value, float):
        return f"{value:.2f}"
    return visible(", ".join(map(str, value)) if isinstance(value, list) else str(value), LONGEST)


def _known_by(row: Mapping[str, Any], column: str) -> str:
    if column != "published_at" or not row["published_at"]:
        return ""
    zone = f", read in {row['published_zone']}" if row["published_zone"] else ""
    return visible(f"from {row['published_clue']}, to the {row['published_precision']}{zone}", LONGEST)


def _claims(claims: Sequence[Mapping[str, str]], stated: Sequence[str]) -> list[Claim]:
    chosen = [claim for claim in claims if claim["field"].removeprefix(RULED) in stated]
    found = (Claim(_clue(claim), visible(claim["value"], LONGEST)) for claim in chosen)
    return list(dict.fromkeys(found))[:MOST_CLAIMS]


def _clue(claim: Mapping[str, str]) -> str:
    return visible(f"rule {claim['clue']}" if claim["field"].startswith(RULED) else claim["clue"], 80)
