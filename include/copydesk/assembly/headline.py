"""What stands above an article's text: its title and standfirst."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copydesk.assembly.document import Document
from copydesk.assembly.edges import Edges
from copydesk.fields.headlines import Line, find_headline, may_be_headline
from copydesk.fields.standfirsts import pick_standfirst
from copydesk.fields.titles import pick_title, site_names, strip_known
from copydesk.fields.urls import host

ENOUGH_PARAGRAPHS, ENOUGH_CHARS = 12, 2000
OTHERS = ("caption", "heading")  # lines that read like headlines
ELSEWHERE = ("date", "byline")  # lines that are read into fields of their own


def headline(document: Document, edges: Edges) -> dict[str, Any]:
    """Title and standfirst; where nothing is stated, the title is looked for among the lines around the first paragraph."""
    if document.claimed("title"):
        title = pick_title(document.lines("title"), document.claims, host(document.url))
    else:
        found = find_headline(list(_lines(document, edges)), _opening(document), document.url)
        title = strip_known(found, site_names((), host(document.url))) if found else None
    standfirst = pick_standfirst(document.lines("standfirst"), document.given("description"), title, document.paragraphs)
    return {"title": title, "standfirst": standfirst}


def _lines(document: Document, edges: Edges) -> Iterator[Line]:
    near = edges.opening[0].ordinal if edges.opening else edges.first
    titles = [b for b in document.labelled("title") if b.ordinal < near]
    for block in (*titles, *edges.opening):
        if block.label == "title":
            yield Line(block.text, block.probability, edges.first - block.ordinal)
        elif block.label not in ELSEWHERE and may_be_headline(block.text):
            other = block.probability if block.label in OTHERS else 0.0
            yield Line(block.text, 0.0, edges.first - block.ordinal, other)


def _opening(document: Document) -> str:
    """The beginning of the text, enough to say what it is about."""
    return " ".join(document.paragraphs[:ENOUGH_PARAGRAPHS])[:ENOUGH_CHARS]
