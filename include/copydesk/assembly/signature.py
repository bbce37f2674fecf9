"""Who wrote articles: people, and the agency apart from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from copydesk.assembly.document import Block, Document
from copydesk.assembly.signature_lines import Near
from copydesk.fields.headings.titles import site_names
from copydesk.fields.people.agencies import agency, agency_in_brackets, read_dateline
from copydesk.fields.people.authorship import pick_authors
from copydesk.fields.people.bylines import introduces_name, opens_byline, parse_byline, people, signed_parts, signs
from copydesk.fields.people.first_names import has_first_name
from copydesk.fields.people.heading_words import may_be_name
from copydesk.fields.people.signing import Beside, bearer, desk, signer
from copydesk.fields.urls import host

NEAR = 4  # lines
SIGNING = ("byline", "date")
TELLING = {Beside.TRADE: may_be_name, Beside.DATE: has_first_name}  # what stands beside a name, and what the name must be


class Signature(NamedTuple):
    """Who wrote an article."""

    authors: list[str]
    agency: str | None
    dateline: str | None


def signature(document: Document, near: Near) -> Signature:
    """People who signed, and the agency; names stand below the title."""
    stated, lines = document.claimed("author"), _bylines(document, near)
    dateline = read_dateline(document.paragraphs)
    credits = [parse_byline(line).agency for line in (*lines, *stated, *document.claimed("credit"))]
    given = [agency(name) or name for name in document.given("agency")]
    agencies = [*given, *credits, agency_in_brackets(dateline or "")]
    sites = site_names(document.claims, host(document.url)) if lines or stated else ()
    return Signature(
        list(pick_authors(document.claims, lines, sites)) or _desk([*near.opening_below, *near.opening_behind]),
        next((name for name in agencies if name), None),
        dateline or next(iter(document.given("dateline")), None),
    )


def _bylines(document: Document, near: Near) -> list[str]:
    """The lines that sign: those above the text; else below it; else, where nobody is stated, what may be one."""
    labelled = near.labelled_above, near.labelled_beneath, near.labelled_behind
    lines = next(filter(None, (list(_signing(blocks)) for blocks in labelled)), [])
    if lines or people(document.claimed("author")):
        return lines
    lines = _unlabelled(near.opening_below) or _unlabelled(near.opening_behind)
    lines = lines or _beside(near.naming_below) or _presented(document.paragraphs, near.telling)
    return lines or _bare_name(near, document.paragraphs) or list(islice(_signing(document.labelled(*SIGNING)), 1))


def _signing(blocks: Iterable[Block]) -> Iterator[str]:
    """Bylines, and the names in date lines, that name somebody."""
    found = (([b.text] if b.label == "byline" else signed_parts(b.text)) for b in blocks)
    return (part for parts in found for part in parts if _names_somebody(part))


def _names_somebody(line: str) -> bool:
    """Whether a line that is taken for a byline names an agency or people; without a word that signs, a heading looks like a name."""
    people, agency = parse_byline(line)
    return agency is not None or any(may_be_name(name) for name in people) or (bool(people) and signs(line))


def _unlabelled(lines: Sequence[str]) -> list[str]:
    """Those that open like a byline or stand below a `By`."""
    below = [name for line, name in pairwise(lines) if introduces_name(line)]
    return [line for line in (*below, *filter(opens_byline, lines)) if any(parse_byline(line))]


def _desk(lines: Iterable[str]) -> list[str]:
    """The first that signs without being a person or an agency: `By Courier Staff`."""
    return list(islice(filter(None, map(desk, lines)), 1))


def _beside(blocks: Iterable[Block]) -> list[str]:
    """The first name beside which stands its bearer's trade; or a date, if it is a common name."""
    found = filter(None, (signer(block.text) for block in blocks))
    told = (name for name, beside in found if beside in TELLING and TELLING[beside](name))
    return list(islice(told, 1))


def _presented(paragraphs: Sequence[str], telling: Iterable[str]) -> list[str]:
    """Whom the last lines present as one who writes, if the text does not speak of them before."""
    names = [name for line in (*paragraphs[-1:], *telling) if (name := bearer(line)) and may_be_name(name)]
    return next(([name] for name in names if not _is_spoken_of(name, paragraphs[:-1])), [])


def _bare_name(near: Near, paragraphs: Sequence[str]) -> list[str]:
    """The first line near the title or a date, or right below the text, that is nothing but a name of whom the text does not speak."""
    beside = [b.text for b in near.naming_below if any(abs(b.ordinal - at) <= NEAR for at in (near.title, *near.dates))]
    common = filter(has_first_name, _names([*beside, *near.naming_behind]))
    return list(islice((name for name in (*common, *_names(beside)) if not _is_known_to(paragraphs, name)), 1))


def _names(lines: Iterable[str]) -> Iterator[str]:
    """Those that are nothing but a name; other scripts do not tell names by capitals."""
    found = filter(None, (signer(line) for line in lines if line[:1].isupper()))
    return (name for name, beside in found if beside is Beside.NOTHING and (may_be_name(name) or agency(name)))


def _is_known_to(paragraphs: Sequence[str], name: str) -> bool:
    """Whether paragraphs that do not open with the name speak of its bearer: politicians stand among the tags below a text."""
    *_, family = name.split()
    return any(family in paragraph for paragraph in paragraphs if not paragraph.startswith(name))


def _is_spoken_of(name: str, paragraphs: Sequence[str]) -> bool:
    """Whether the name stands within the paragraphs; a bio may open with it."""
    return any(name in paragraph[1:] for paragraph in paragraphs)
