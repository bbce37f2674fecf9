"""What the agencies' formats have in common: a story's text as a document, and what is given beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

from copydesk.raw.encodings.decoding import scrub
from copydesk.records import Edition

HTML, TEXT = "text/html", "text/plain"
BLOCKS = frozenset("p br div li td th tr dt dd h1 h2 h3 h4 h5 h6 hl1 hl2 hr bq blockquote byttl person name".split())
UNUSABLE = frozenset({"withheld", "canceled", "cancelled", "embargoed"})  # states of an item that is not to be published
# The name of an item as RFC 3085 makes it: provider, day, item, and the revision, which is no part of what stays.
URN = re.compile(r"(?P<item>urn:newsml:[^:]+:\d{8}[^:]*:.+):(?P<revision>\d{1,9})[A-Z]?", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,18}")  # some number versions by the second: `20261130081500`
MAX_NOTE_CHARS = 500


@dataclass(slots=True)
class Story:
    """The text of an item, and what the item says of it."""

    content: str = ""  # of HTML what stands in the article
    media_type: str = HTML
    given: dict[str, str] = field(default_factory=dict)

    @property
    def has_text(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.content.strip())

    @property
    def document(self) -> str:
        """Its content as a document: HTML that is nothing but the article, and so no page, or a plain text."""
        return f"<article>{self.content}</article>" if self.media_type == HTML else self.content


def list_given(**stated: str | Iterable[str | None] | None) -> dict[str, str]:
    """What is stated by column, each value once and on one line; without what is empty."""
    given = {}
    for column, values in stated.items():
        lines = (one_line(value) for value in ([values] if isinstance(values, str) else values or ()))
        if text := "; ".join(dict.fromkeys(filter(None, lines))):
            given[column] = text
    return given


def one_line(text: str | None) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(scrub(text or "").split())


def versioned(id: str | None, version: str | None) -> str | None:
    """The id of one version of an item."""
    id, version = one_line(id), one_line(version)
    return f"{id}:{version}" if id and version else id or None


def edition_of(id: str | None, version: str | None) -> Edition | None:
    """Which version of which item it is; None where the item has no name."""
    id, number = one_line(id), NUMBER.fullmatch(one_line(version))
    urn = URN.fullmatch(id)
    revision = number[0] if number else urn["revision"] if urn else None
    return Edition(urn["item"] if urn else id, int(revision) if revision else None) if id else None


def notice(status: str, edition: Edition, title: str | None, notes: Iterable[str]) -> str:
    """What is said of an item that is not to be published."""
    version = f", version {edition.version}" if edition.version is not None else ""
    said = "; ".join(dict.fromkeys([*filter(None, [one_line(title)]), *notes]))[:MAX_NOTE_CHARS]
    return f"{status}: {edition.item}{version}" + (f": {said}" if said else "")


def figure(url: str | None, caption: str | None, credit: str | None = None) -> Element:
    """A picture as pages show it; empty where it has no caption."""
    found, caption, credit = Element("figure"), one_line(caption), one_line(credit)
    if caption:
        if url:
            SubElement(found, "img", src=url)
        signed = f" (Photo: {credit})" if credit and credit not in caption else ""
        SubElement(found, "figcaption").text = caption + signed
    return found


def markup(element: Element) -> str:
    """An element as HTML."""
    return tostring(element, "unicode", method="html")


def inner(element: Element) -> str:
    """What stands in an element, as HTML."""
    return escape(element.text or "", quote=False) + "".join(map(markup, element))


def text_of(element: Element | None) -> str:
    """The text of an element on one line."""
    return one_line("".join(_pieces(element))) if element is not None else ""


def _pieces(element: Element) -> Iterator[str]:
    """The text of an element, with a space where another begins on a line of its own."""
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield " " if child.tag in BLOCKS else ""
        yield child.tail or ""


def texts(elements: Iterable[Element]) -> Iterator[str]:
    """The texts of elements that have any."""
    return filter(None, map(text_of, elements))


def first(values: Iterable[str | None]) -> str | None:
    """The first value that says anything."""
    return next((value for value in map(one_line, values) if value), None)
