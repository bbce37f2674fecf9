"""One item of an XML file as a tree: bounded, without anything from outside it, and repaired where that is beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from xml.sax.saxutils import escape

from copydesk.records import Reason

MAX_DEPTH = 200  # elements in one another
MAX_ELEMENTS = 200_000  # of one item
MAX_NAMESPACES = 200  # declared around one element
MAX_REPAIRS = 200_000  # signs looked at in one item; what needs more is no XML
FIXED = "; no news item has so many, and no setting raises the limit"
XINCLUDE = "http://www.w3.org/2001/XInclude"
# Vocabularies whose elements go by short prefixes here, whatever the file calls them; those of the formats themselves by none.
PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
}
OWN = re.compile(
    r"http://iptc\.org/std/|http://www\.w3\.org/1999/xhtml$|http://www\.w3\.org/2005/Atom$|http://purl\.org/atom/ns#$"
    r"|http://purl\.org/rss/1\.0/$|http://(?:backend\.userland|my\.netscape|channel\.netscape|blogs\.law\.harvard)\."
)
XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
# What stands for itself is left alone. Of the rest, names that HTML knows and XML does not are put in as the letters they stand for,
# which needs no declaration; an & or a < that begins nothing is text.
UNSOUND = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|<\?(?:.*?\?>|.*)|&(?P<name>[A-Za-z][A-Za-z0-9]{1,31});|&\#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});"
    r"|(?P<bare>&|<(?![A-Za-z_:/!?]))",
    re.DOTALL,
)


class Unreadable(ValueError):
    """An item that gives no tree; the message says why."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def parse_item(text: str, namespaces: Mapping[str, str]) -> Element:
    """The tree of an item, `namespaces` by prefix being those of the elements around it; Unreadable where there is none."""
    try:
        return _Parse(namespaces).whole(text)
    except expat.ExpatError:
        pass
    try:
        return _Parse(namespaces).whole(repair(text))
    except expat.ExpatError as error:
        found = expat.ErrorString(error.code)
        raise Unreadable(Reason.UNPARSABLE, f"not well-formed XML: {found}, in line {error.lineno} of the item") from None


class Head:
    """What stands before the first item of a file, as far as it can be read."""

    def __init__(self, text: str) -> None:
        """Unreadable where it declares entities: what those stand for can be a file, or more than any memory holds."""
        parse = _Parse({})
        self.is_sound = parse.beginning(text)
        if not self.is_sound:
            parse = _Parse({})
            self.is_sound = parse.beginning(repair(text))
        self.root = parse.first
        self.namespaces = parse.namespaces
        self.name = parse.root_name


def repair(text: str) -> str:
    """`text` with what commonly keeps it from being XML set right: HTML's names of letters, and signs that are meant as text."""
    return UNSOUND.sub(_sound, text, count=MAX_REPAIRS)


def _sound(found: re.Match[str]) -> str:
    if found["bare"]:
        return escape(found["bare"])
    if found[0][0] != "&" or found["name"] in XML_NAMES:
        return found[0]
    letters = unescape(found[0])
    return escape(letters)  # a name that HTML does not know either stays as it is written


class _Parse:
    """One pass of the parser, which is never given a way to anything outside the text."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self.first: Element | None = None
        self.root_name: str | None = None  # as the file writes it
        self._scopes: list[dict[str, str]] = [dict(namespaces)]  # by prefix, of the open elements
        self._tree = TreeBuilder()
        self._count = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._tree.data
        parser.EntityDeclHandler = self._refuse_entity

    @property
    def namespaces(self) -> dict[str, str]:
        """Those that hold where the parser stands."""
        return self._scopes[-1]

    def whole(self, text: str) -> Element:
        self._parser.Parse(text, True)
        return self._tree.close()

    def beginning(self, text: str) -> bool:
        """Read as far as it goes; whether nothing is wrong with it so far."""
        try:
            self._parser.Parse(text, False)
        except expat.ExpatError:
            return False
        return True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._scopes) > MAX_DEPTH:
            raise Unreadable(Reason.TOO_DEEP, f"more than {MAX_DEPTH} elements in one another{FIXED}")
        if self._count > MAX_ELEMENTS:
            raise Unreadable(Reason.TOO_LARGE, f"more than {MAX_ELEMENTS} elements in one item{FIXED}")
        declared = {key[6:]: value.strip() for key, value in attributes.items() if key[:5] == "xmlns"}
        self._scopes.append(self.namespaces | declared if declared else self.namespaces)
        if len(self.namespaces) > MAX_NAMESPACES:
            raise Unreadable(Reason.TOO_LARGE, f"more than {MAX_NAMESPACES} namespaces around one element{FIXED}")
        kept = {key: value for key, value in attributes.items() if key[:5] != "xmlns"}
        element = self._tree.start(self._named(name), kept)
        if self.first is None:
            self.first, self.root_name = element, name

    def _end(self, name: str) -> None:
        self._tree.end(self._named(name))
        self._scopes.pop()

    def _named(self, name: str) -> str:
        """`content:encoded` for it whatever prefix the file uses, `entry` for an `atom:entry`; an unknown prefix stays."""
        prefix, _, local = name.rpartition(":")
        namespace = self.namespaces.get(prefix)
        if namespace is None:
            return name
        if namespace == XINCLUDE:
            raise Unreadable(Reason.UNPARSABLE, "it includes another file (XInclude), which is never followed")
        if OWN.match(namespace):
            return local
        return PREFIXES[namespace] + local if namespace in PREFIXES else name

    def _refuse_entity(self, name: str, *_: object) -> None:
        detail = f"it declares the entity {name!r}, and entities are never expanded: write what it stands for"
        raise Unreadable(Reason.UNPARSABLE, detail)
