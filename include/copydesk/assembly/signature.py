"""Who wrote an article: people, and the agency apart from them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from copydesk.assembly.document import Block, Document
from copydesk.assembly.edges import Edges
from copydesk.fields.agencies import agency, agency_in_brackets, read_dateline
from copydesk.fields.authorship import pick_authors
from copydesk.fields.people import introduces_name, is_person, opens_byline, parse_byline, people, signed_parts
from copydesk.fields.titles import site_names
from copydesk.fields.urls import host

MAX_CHARS = 120  # a longer line without the label is no byline
NEAR = 4  # lines
SIGNING = ("byline", "date")


def signature(document: Document, edges: Edges, title: str | None) -> dict[str, Any]:
    """People who signed, and the agency; names stand below the title."""
    stated, lines = document.claimed("author"), _bylines(document, edges, title)
    dateline = read_dateline(document.paragraphs)
    credits = [parse_byline(line).agency for line in (*lines, *stated, *document.claimed("credit"))]
    given = [agency(name) or name for name in document.given("agency")]
    agencies = [*given, *credits, agency_in_brackets(dateline or "")]
    sites = site_names(document.claims, host(document.url)) if lines or stated else ()
    return {
        "authors": list(pick_authors(document.claims, lines, sites)),
        "agency": next((name for name in agencies if name), None),
        "dateline": dateline or next(iter(document.given("dateline")), None),
    }


def _bylines(document: Document, edges: Edges, title: str | None) -> list[str]:
    """The lines that sign: those above the text; else below it; else, where nothing is stated, what may be one."""
    above = [block for block in edges.opening if block.ordinal < edges.first]
    lines = _signed(above) or _signed(edges.opening) or _signed(edges.ending)
    if lines or people(document.claimed("author")):
        return lines
    below_title = next((at for at, block in enumerate(edges.opening, start=1) if block.text == title), 0)
    below = edges.opening[below_title:]
    lines = _unlabelled(below) or _unlabelled(edges.ending) or _bare_name(below, document.paragraphs)
    return lines or _signed(document.labelled(*SIGNING))[:1]


def _signed(blocks: Sequence[Block]) -> list[str]:
    """Bylines, and the names in date lines, that name somebody."""
    found = (([b.text] if b.label == "byline" else signed_parts(b.text)) for b in blocks if b.label in SIGNING)
    return [part for parts in found for part in parts if any(parse_byline(part))]


def _unlabelled(blocks: Sequence[Block]) -> list[str]:
    """Short lines that open like a byline or stand below a `By`."""
    short = [block.text for block in blocks if len(block.text) <= MAX_CHARS]
    below = [name for line, name in pairwise(short) if introduces_name(line)]
    return [line for line in (*below, *filter(opens_byline, short)) if any(parse_byline(line))]


def _bare_name(blocks: Sequence[Block], paragraphs: Sequence[str]) -> list[str]:
    """The first line near the title or a date that is nothing but a name, unless the text speaks of its bearer."""
    dated = [at for at, block in enumerate(blocks) if block.label == "date"]
    near = (block.text for at, block in enumerate(blocks) if at < NEAR or any(abs(at - date) <= NEAR for date in dated))
    names = (line for line in near if line[:1].isupper() and is_person(line))  # other scripts do not tell names by capitals
    name = next((name for name in names if not any(name in paragraph[1:] for paragraph in paragraphs)), None)
    return [name] if name else []  # a bio may open with it
