"""What stands above articles' texts: their titles and standfirsts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

import numpy as np

from copydesk.assembly.document import Document, pieces
from copydesk.assembly.edges import Edges, Lines
from copydesk.fields.claims import Claim
from copydesk.fields.folding import fold
from copydesk.fields.headings.headlines import MAX_CHARS, Line, find_headline, lines_of, may_be_headlines
from copydesk.fields.headings.standfirsts import pick_standfirst
from copydesk.fields.headings.titles import pick_title, site_names, strip_known
from copydesk.fields.kinds import asks_consent, is_consent, speaks_of_consent
from copydesk.fields.matching import Flags, among
from copydesk.fields.people.bylines import bare, is_person, opens_byline
from copydesk.fields.urls import host
from copydesk.label_names import LABELS
from copydesk.labels.arrays import true_at

ENOUGH_PARAGRAPHS, ENOUGH_CHARS = 12, 2000
MAX_NAME_WORDS, MIN_NAME_LETTERS = 5, 6
RIGHTS = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
FULL_STOPS_OF_REQUESTS = (".", "。")
TITLE = LABELS.index("title")
IS_OTHER = np.isin(LABELS, ("caption", "heading"))  # lines that read like headlines
IS_ELSEWHERE = np.isin(LABELS, ("date", "byline"))  # lines that are read into fields of their own


def titles(documents: Sequence[Document], edges: Edges) -> list[str | None]:
    """The title of each document; where nothing is stated, it is looked for among the lines around the first paragraph."""
    untitled = np.array([not document.claimed("title") for document in documents], bool)
    return list(map(_title, documents, _candidates(edges, untitled)))


def _title(document: Document, lines: Sequence[Line]) -> str | None:
    """The title; the heading of a banner, or a byline, only where there is no other."""
    found = _likeliest(document, document.lines("title"), document.claims, lines)
    if found is None or not _is_elsewhere(found):
        return found
    seen = [text for text in document.lines("title") if not _is_elsewhere(text)]
    claims = [claim for claim in document.claims if not _is_elsewhere(claim.value)]
    return _likeliest(document, seen, claims, [line for line in lines if not _is_elsewhere(line.text)]) or found


def _is_elsewhere(line: str) -> bool:
    """Whether it asks for consent, or signs and names nobody but people."""
    asks = is_consent(line) or asks_consent(line) or (line.endswith(FULL_STOPS_OF_REQUESTS) and speaks_of_consent(line))
    return asks or (opens_byline(line) and is_person(bare(line)))


def _likeliest(document: Document, seen: Sequence[str], claims: Sequence[Claim], lines: Sequence[Line]) -> str | None:
    site = host(document.url)
    if document.claimed("title"):
        return pick_title(seen, claims, site)
    found = find_headline(lines, _opening(document), document.url)
    if found and _has_rights(found, document):
        found = find_headline([line for line in lines if line.text != found], _opening(document), document.url) or found
    return strip_known(found, site_names((), site)) if found else None


def _has_rights(title: str, document: Document) -> bool:
    """Whether it is the name of the paper, which a line on rights has, too: archives put it first above each article."""
    if len(title.split()) > MAX_NAME_WORDS or title != document.all.first:  # few are, and this asks all lines
        return False
    name = fold(title)
    rights = (text for text in document.all.texts if len(text) <= MAX_CHARS and RIGHTS.search(text))
    return len(name) >= MIN_NAME_LETTERS and any(name in fold(text) and name != fold(text) for text in rights)


def standfirst(document: Document, title: str | None) -> str | None:
    """The summary above the text."""
    return pick_standfirst(document.lines("standfirst"), document.given("description"), title, document.paragraphs)


def _candidates(edges: Edges, untitled: Flags) -> Iterator[list[Line]]:
    """The lines that may be the headline of each document that states none: titles, and others around its first paragraph."""
    around = edges.opening
    is_asked, is_title = untitled[around.owner], around.labels == TITLE
    likely = is_asked & ~is_title & ~IS_ELSEWHERE[around.labels] & (around.lengths <= MAX_CHARS)
    may_be = (is_title & is_asked) | among(likely, around.texts, may_be_headlines)
    above = _lines(edges, edges.titles, untitled[edges.titles.owner])
    return (titles + others for titles, others in zip(above, _lines(edges, around, may_be), strict=True))


def _lines(edges: Edges, lines: Lines, which: Flags) -> Iterable[list[Line]]:
    """Some of the lines, by document, with what speaks for each."""
    places = true_at(which)
    if not len(places):
        return repeat([], len(edges.first))
    some = lines.take(places)
    sure = some.chances.astype(np.float64)
    chances, others = np.where(some.labels == TITLE, sure, 0.0), np.where(IS_OTHER[some.labels], sure, 0.0)
    found = lines_of(some.texts, chances, edges.first[some.owner] - some.ordinals, others)
    return pieces(found, np.searchsorted(some.owner, np.arange(len(edges.first) + 1)))


def _opening(document: Document) -> str:
    """The beginning of the text, enough to say what it is about."""
    return " ".join(document.paragraphs[:ENOUGH_PARAGRAPHS])[:ENOUGH_CHARS]
