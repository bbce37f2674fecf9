"""Who wrote an article: people, and the agency apart from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

from copydesk.assembly.document import Block, Document
from copydesk.assembly.edges import Edges
from copydesk.fields.agencies import agency, agency_in_brackets, read_dateline
from copydesk.fields.authorship import pick_authors
from copydesk.fields.first_names import has_first_name
from copydesk.fields.people import introduces_name, opens_byline, parse_byline, people, signed_parts
from copydesk.fields.signing import Beside, bearer, desk, signer
from copydesk.fields.titles import site_names
from copydesk.fields.urls import host

MAX_CHARS = 120  # a longer line without the label is no byline
NEAR = 4  # lines
CLOSE = 3  # lines below a text in which it may be signed
SIGNING = ("byline", "date")


def signature(document: Document, edges: Edges, title: str | None) -> dict[str, Any]:
    """People who signed, and the agency; names stand below the title."""
    at_title = next((at for at, block in enumerate(edges.opening, start=1) if block.text == title), 0)
    below = edges.opening[at_title:]  # names above the title belong to menus
    stated, lines = document.claimed("author"), _bylines(document, edges, below)
    dateline = read_dateline(document.paragraphs)
    credits = [parse_byline(line).agency for line in (*lines, *stated, *document.claimed("credit"))]
    given = [agency(name) or name for name in document.given("agency")]
    agencies = [*given, *credits, agency_in_brackets(dateline or "")]
    sites = site_names(document.claims, host(document.url)) if lines or stated else ()
    return {
        "authors": list(pick_authors(document.claims, lines, sites)) or _desk([*below, *edges.ending[:CLOSE]]),
        "agency": next((name for name in agencies if name), None),
        "dateline": dateline or next(iter(document.given("dateline")), None),
    }


def _bylines(document: Document, edges: Edges, below: Sequence[Block]) -> list[str]:
    """The lines that sign: those above the text; else below it; else, where nobody is stated, what may be one."""
    above = sum(block.ordinal < edges.first for block in edges.opening)
    lines = _signed(edges.opening[:above]) or _signed(edges.opening[above:]) or _signed(edges.ending[:CLOSE])
    if lines or people(document.claimed("author")):
        return lines
    lines = _unlabelled(below) or _unlabelled(edges.ending[:CLOSE]) or _beside(below) or _presented(document, edges)
    return lines or _bare_name(below, edges, document.paragraphs) or _signed(document.labelled(*SIGNING))[:1]


def _signed(blocks: Sequence[Block]) -> list[str]:
    """Bylines, and the names in date lines, that name somebody."""
    found = (([b.text] if b.label == "byline" else signed_parts(b.text)) for b in blocks if b.label in SIGNING)
    return [part for parts in found for part in parts if any(parse_byline(part))]


def _unlabelled(blocks: Sequence[Block]) -> list[str]:
    """Short lines that open like a byline or stand below a `By`."""
    short = [block.text for block in blocks if len(block.text) <= MAX_CHARS]
    below = [name for line, name in pairwise(short) if introduces_name(line)]
    return [line for line in (*below, *filter(opens_byline, short)) if any(parse_byline(line))]


def _desk(blocks: Sequence[Block]) -> list[str]:
    """The first that signs without being a person or an agency: `By Courier Staff`."""
    return list(islice(filter(None, (desk(block.text) for block in blocks if len(block.text) <= MAX_CHARS)), 1))


def _beside(blocks: Sequence[Block]) -> list[str]:
    """The first name beside which stands its bearer's trade; or a date, if it is a common name."""
    found = filter(None, (signer(block.text) for block in blocks))
    told = (name for name, beside in found if beside is Beside.TRADE or (beside is Beside.DATE and has_first_name(name)))
    return list(islice(told, 1))


def _presented(document: Document, edges: Edges) -> list[str]:
    """Whom the last lines present as one who writes, if the text does not speak of them before."""
    *before, last = document.paragraphs or [""]
    names = [name for line in (last, *(block.text for block in edges.ending)) if (name := bearer(line))]
    return next(([name] for name in names if not _is_spoken_of(name, before)), [])


def _bare_name(blocks: Sequence[Block], edges: Edges, paragraphs: Sequence[str]) -> list[str]:
    """The first line near the title or a date, or right below the text, that is nothing but a name of whom the text does not speak."""
    dated = [at for at, block in enumerate(blocks) if block.label == "date"]
    near = [block.text for at, block in enumerate(blocks) if at < NEAR or any(abs(at - date) <= NEAR for date in dated)]
    common = filter(has_first_name, _names([*near, *(block.text for block in edges.ending[:CLOSE])]))
    return list(islice((name for name in (*common, *_names(near)) if not _is_known_to(paragraphs, name)), 1))


def _names(lines: Iterable[str]) -> Iterator[str]:
    """Those that are nothing but a name; other scripts do not tell names by capitals."""
    found = filter(None, (signer(line) for line in lines if line[:1].isupper()))
    return (name for name, beside in found if beside is Beside.NOTHING)


def _is_known_to(paragraphs: Sequence[str], name: str) -> bool:
    """Whether paragraphs that do not open with the name speak of its bearer: politicians stand among the tags below a text."""
    *_, family = name.split()
    return any(family in paragraph for paragraph in paragraphs if not paragraph.startswith(name))


def _is_spoken_of(name: str, paragraphs: Sequence[str]) -> bool:
    """Whether the name stands within the paragraphs; a bio may open with it."""
    return any(name in paragraph[1:] for paragraph in paragraphs)
