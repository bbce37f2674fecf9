"""A page under the rule of its site: the fields it gives and the text of the elements it marks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from copydesk.fields.claims import Claim
from copydesk.fields.folding import fold
from copydesk.fields.times.dates import parse_date
from copydesk.markup.elements import UNSEEN
from copydesk.sites.book import rule_book, rules_for
from copydesk.sites.rule import Rule, Ruling

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

RULED = "rule."  # fields of claims that a rule gives; their clue is its name
DATES = ("published_at", "modified_at")


class RuleFailed(Exception):
    """A rule raised, or returned what cannot be used; the message names it."""


class Mark(NamedTuple):
    """Text that has a label, and how many letters and figures of the page stand before it."""

    label: str
    text: str  # letters and figures
    before: int


class Verdict(NamedTuple):
    """What a rule says of a page, apart from the page."""

    claims: list[Claim]
    marks: list[Mark]


NONE = Verdict([], [])


def consult(host: str, crawled: str | None, html: str | bytes) -> Verdict:
    """What the rule for pages of that host and day says, where there is one."""
    rules = rules_for(rule_book(), host)
    if not rules:
        return NONE
    day = crawl_day(crawled)
    rule = next((rule for rule in rules if rule.holds_on(day)), None)
    return judge(rule, html) if rule else NONE


def judge(rule: Rule, html: str | bytes) -> Verdict:
    """The rule's verdict on the page; RuleFailed whatever it raises, since the engine alone reads such pages wrongly."""
    from bs4 import BeautifulSoup

    # As the page's own parser repaired it, so that an element holds here what it holds in the blocks.
    soup = BeautifulSoup(LexborHTMLParser(html).html or "", "html.parser")
    try:
        ruling = rule.judge(soup)
        _check(ruling)
        return Verdict(_claims(rule, ruling), list(_marks(ruling, soup)))
    except Exception as error:  # the code is not ours and may raise anything
        raise RuleFailed(f"rule {rule.name} for {rule.host}: {type(error).__name__}: {error}") from error


def crawl_day(text: str | None) -> date | None:
    """The day of a crawl, or None where it does not say."""
    moment = parse_date(text) if text else None
    return moment.at.date() if moment else None


def _check(ruling: object) -> None:
    if not isinstance(ruling, Ruling):
        raise TypeError(f"it returned a {type(ruling).__name__}; return a Ruling")
    for name in DATES:
        stated = getattr(ruling, name)
        if stated and parse_date(stated) is None:
            raise ValueError(f"{name} is {stated!r}, which is no date")


def _claims(rule: Rule, ruling: Ruling) -> list[Claim]:
    return [Claim(f"{RULED}{name}", value, rule.name) for name, value in ruling.statements() if value]


def _marks(ruling: Ruling, soup: BeautifulSoup) -> Iterator[Mark]:
    """The marked elements that hold text, with their places."""
    places: dict[int, tuple[int, int]] = {}
    at, parts = 0, []
    for string in soup.body.strings if soup.body else ():
        text = "" if any(parent.name in UNSEEN for parent in string.parents) else fold(string)
        places[id(string)] = at, at + len(text)
        parts.append(text)
        at += len(text)
    whole = "".join(parts)
    for label, elements in ruling.marks.items():
        for element in elements:
            spans = _spans(element, places)
            if spans and (text := whole[spans[0][0] : spans[-1][1]]):
                yield Mark(label, text, spans[0][0])


def _spans(element: Tag, places: dict[int, tuple[int, int]]) -> list[tuple[int, int]]:
    return [places[id(string)] for string in element.strings if id(string) in places]
