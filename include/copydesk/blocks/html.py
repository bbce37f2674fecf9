"""HTML → blocks: one per run of text between block-level boundaries, with the element it stands in.

The parser builds the tree that a browser would. What is read is that tree spelled out again, which follows a few strict rules:
cutting it at its tags takes a fraction of the time that asking every node takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from copydesk.blocks.attributes import picture_of, stated, unescape
from copydesk.blocks.depth import too_deep

# What stands inside a run of text and does not end it; void elements such as `meta` hold microdata between words.
INLINE = frozenset(
    "a abbr acronym area b base bdi bdo big cite code col data del dfn em embed font i input ins kbd label link mark meta nobr "
    "param picture q rp rt ruby s samp small source span strike strong sub sup time track tt u var wbr".split()
)
VOID = frozenset("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split())
UNSEEN = frozenset(
    "script style noscript template svg iframe object canvas select textarea head math audio video noembed noframes".split()
)
LITERAL = ("xmp", "plaintext")  # the parser does not escape what they hold
UNSEEN_NODES = ",".join(sorted(UNSEEN))
LEAVES = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd td th figcaption caption summary legend address blockquote pre".split())


BLOCK = ("text", "tag", "ancestors", "element", "link_chars", "href", "datetime")
# Of a block-level element: the one around it, whether its text belongs to that one, and its tag.
ELEMENT = ("parent", "is_leaf", "tag")
BODY = -1, False, "body"  # the names of its tag would describe every block


class Picture(NamedTuple):
    """An image of the page, and the ordinal of the first block after it."""

    url: str
    alt: str
    before: int


class Item(NamedTuple):
    """The value of an `itemprop` or a `rel=author` link, as the page states it."""

    prop: str
    value: str


@dataclass(slots=True)
class Page:
    """One pass over a page in document order; inline text gathers in `run` until a boundary closes it."""

    # Plain tuples: a batch holds hundreds of thousands, and named ones keep the garbage collector busy.
    blocks: list[tuple[str, str, str, int, int, str | None, str | None]] = field(default_factory=list)  # as BLOCK names them
    elements: list[tuple[int, bool, str]] = field(default_factory=lambda: [BODY])  # as ELEMENT names them
    pictures: list[Picture] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    link_chars: int = 0
    href: str | None = None
    datetime: str | None = None

    def read(self, html: str, max_depth: int) -> None:
        """Take in the inside of a body as the parser spells it: every element but the void ones has its end tag."""
        run, elements = self.run, self.elements
        element, path, link = 0, "body", None
        above: list[tuple[int, str, str | None]] = []
        pieces = iter(f"!>{html}".split("<"))
        for piece in pieces:
            tag, whole, text = piece.partition(">")
            if not whole or tag[0] == "!":
                tag, text = _joined(piece, pieces)
            name = tag.partition(" ")[0]
            if name[0] == "/":
                outer, outer_path, link = above.pop()
                if outer != element:
                    self._close(element, path)
                    element, path = outer, outer_path
            elif name in INLINE:
                if name not in VOID:
                    above.append((element, path, link))
                    link = self._inline(name, tag, link)
            elif name == "img":
                self.pictures.append(Picture(*picture_of(tag), len(self.blocks)))
            elif name[0] not in "!?":
                self._close(element, path)
                if name != "br":
                    elements.append((element, name in LEAVES, tag))
                if name not in VOID:
                    above.append((element, path, link))
                    if len(above) > max_depth:
                        raise too_deep(max_depth)
                    element, path = len(elements) - 1, f"{path} {name}"
            # Two texts of three are the white space between elements: pass it by.
            if text and (run or link is not None or not text.isspace()):
                self._text(text, link)
        self._close(element, path)

    def _inline(self, name: str, tag: str, link: str | None) -> str | None:
        """Note what an inline element states; the link its text stands in."""
        if name == "a":
            return stated(tag, "href") or link or ""
        if name == "time":
            self.datetime = stated(tag, "datetime") or self.datetime
        return link

    def _text(self, text: str, link: str | None) -> None:
        text = unescape(text)
        self.run.append(text)
        if link is not None:
            self.link_chars += len(text.strip())
            self.href = self.href or link

    def _close(self, element: int, path: str) -> None:
        """End the open run of text; it belongs to the element."""
        if self.run:  # three times of four it is empty
            text = " ".join("".join(self.run).split())
            if text:
                links = min(self.link_chars, len(text))
                tag = path[path.rindex(" ") + 1 :] if element else path
                self.blocks.append((text, tag, path, element, links, self.href, self.datetime))
            self.run.clear()
            self.link_chars, self.href = 0, None
        self.datetime = None


def _joined(piece: str, pieces: Iterator[str]) -> tuple[str, str]:
    """The tag, and the text behind it, where a comment or a broken name held a `<` and was cut there."""
    if piece.startswith("!--"):
        while "-->" not in piece:
            piece = next(pieces, "-->")
        return "!", piece.partition("-->")[2]
    parts = [piece]
    while ">" not in parts[-1]:
        parts.append(next(pieces, ">"))
    tag, _, text = "<".join(parts).partition(">")
    return tag, text


def parse(html: bytes) -> LexborHTMLParser:
    """The tree of a page, but for the mirrors of chosen options, which take quadratic time."""
    return LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)


def read_page(tree: LexborHTMLParser, max_depth: int) -> Page:
    """Blocks and pictures of a page; what is not seen is taken out of its body first."""
    page = Page()
    if tree.body is not None:
        for node in tree.body.css(UNSEEN_NODES):
            node.decompose(recursive=False)
        page.read(_spelled(tree, tree.body), max_depth)
    return page


def _spelled(tree: LexborHTMLParser, body: LexborNode) -> str:
    """The inside of a body as the parser spells it, with what is literal escaped; few pages have any."""
    html = body.inner_html or ""
    if not any(f"<{name}" in html for name in LITERAL):
        return html
    for node in body.css(",".join(LITERAL)):
        shown = tree.create_node("pre")
        shown.insert_child(node.text())
        node.replace_with(shown, move=True)
    return body.inner_html or ""


def read_items(tree: LexborHTMLParser, props: Set[str]) -> list[Item]:
    """What the body states in links to its author and in the `itemprop`s named `props`; of the tree before it is pruned."""
    found: list[Item] = []
    for node in tree.body.css('[itemprop],a[rel="author"]') if tree.body is not None else ():
        attributes = node.attributes
        named = [prop for prop in (attributes.get("itemprop") or "").split() if prop in props]
        is_author = node.tag == "a" and attributes.get("rel") == "author"
        if (named or is_author) and _is_seen(node):
            found += [Item("author", text_of(node))] * is_author
            found += [Item(prop, attributes.get("content") or attributes.get("datetime") or text_of(node)) for prop in named]
    return found


def _is_seen(node: LexborNode | None) -> bool:
    while node is not None and node.tag not in UNSEEN:
        node = node.parent
    return node is None


def text_of(node: LexborNode) -> str:
    """The node's text on one line."""
    return " ".join(node.text().split())
