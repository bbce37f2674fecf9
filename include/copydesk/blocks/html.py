"""HTML → blocks: one per run of text between block-level boundaries, with what surrounds it in the tree."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from copydesk.blocks.depth import too_deep

# What stands inside a run of text and does not end it; void elements such as `meta` hold microdata between words.
INLINE = frozenset(
    "a abbr acronym area b base bdi bdo big cite code col data del dfn em embed font i input ins kbd label link mark meta nobr "
    "param picture q rp rt ruby s samp small source span strike strong sub sup time track tt u var wbr".split()
)
UNSEEN = frozenset(
    "script style noscript template svg iframe object canvas select textarea head math audio video -comment".split()
)
LEAVES = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd td th figcaption caption summary legend address blockquote pre".split())
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}|\d+")  # main-content, mainContent and main_content are two words each
LEVELS = 6  # containers known above a block's own
NEAREST = 6  # elements whose class words describe a block; the page's outer shell says the same of every block

Attributes = dict[str, str | None]


class Block(NamedTuple):
    """One row of the blocks table, without its document and ordinal."""

    text: str
    tag: str
    ancestors: str
    words: str
    container: int
    enclosing: tuple[int, ...]
    link_chars: int
    href: str | None
    datetime: str | None


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
class Frame:
    """What is known of an open block-level element."""

    tag: str
    ancestors: str
    words: tuple[str, ...]
    element: int
    container: int  # where its text belongs: the parent of a paragraph, but a div itself, whose text is split by <br>
    enclosing: tuple[int, ...]  # elements around the container, nearest first


@dataclass(slots=True)
class Walk:
    """One pass over a page in document order; inline text gathers in `run` until a boundary closes it."""

    max_depth: int
    props: Set[str]  # the values of `itemprop` to note
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    link_chars: int = 0
    href: str | None = None
    datetime: str | None = None
    elements: int = 0

    def page(self, body: LexborNode) -> None:
        """Walk everything below `body`. An explicit stack: pages nest deeper than Python likes to recurse."""
        frame, link = Frame("body", "body", (), 0, 0, ()), None
        resume: list[tuple[LexborNode | None, Frame, str | None]] = []
        node = body.first_child
        while node is not None or resume:
            if node is None:
                node, outer, link = resume.pop()
                if outer is not frame:
                    self._close(frame)
                    frame = outer
            elif (tag := node.tag or "") == "-text":
                text = node.text_content or ""
                # Two nodes of five are the white space between elements: pass it by.
                if self.run or link is not None or not text.isspace():
                    self._text(text, link)
                node = node.next
            elif (inside := self._enter(node, tag, frame, link)) is None:
                node = node.next
            else:
                resume.append((node.next, frame, link))
                if len(resume) > self.max_depth:
                    raise too_deep(self.max_depth)
                node, (frame, link) = node.first_child, inside
        self._close(frame)

    def _enter(self, node: LexborNode, tag: str, frame: Frame, link: str | None) -> tuple[Frame, str | None] | None:
        """Take in an element; the block and the link that its children stand in, or None where they are not looked at."""
        if tag in INLINE:
            return frame, self._inline(node, tag, link)
        if tag == "img":
            self._picture(node.attributes)
        elif tag not in UNSEEN:
            self._close(frame)
            if tag != "br":
                return self._open(node, tag, frame), link
        return None

    def _text(self, text: str, link: str | None) -> None:
        self.run.append(text)
        if link is not None:
            self.link_chars += len(text.strip())
            self.href = self.href or link

    def _inline(self, node: LexborNode, tag: str, link: str | None) -> str | None:
        """Note what an inline element states; the link its text stands in."""
        attributes = node.attributes
        if tag == "a":
            link = attributes.get("href") or link or ""
            if attributes.get("rel") == "author":
                self.items.append(Item("author", text_of(node)))
        elif tag == "time" and attributes.get("datetime"):
            self.datetime = attributes["datetime"]
        if "itemprop" in attributes:
            self._item(node, attributes)
        return link

    def _open(self, node: LexborNode, tag: str, frame: Frame) -> Frame:
        attributes = node.attributes
        if "itemprop" in attributes:
            self._item(node, attributes)
        self.elements += 1
        words = (own_words(attributes), *frame.words[: NEAREST - 1]) if attributes else ("", *frame.words[: NEAREST - 1])
        above = frame.enclosing if frame.element == frame.container else (frame.container, *frame.enclosing[: LEVELS - 1])
        if tag in LEAVES:
            return Frame(tag, f"{frame.ancestors} {tag}", words, self.elements, frame.element, above)
        return Frame(tag, f"{frame.ancestors} {tag}", words, self.elements, self.elements, (frame.element, *above[: LEVELS - 1]))

    def _item(self, node: LexborNode, attributes: Attributes) -> None:
        for prop in (attributes.get("itemprop") or "").split():
            if prop in self.props:
                value = attributes.get("content") or attributes.get("datetime") or text_of(node)
                self.items.append(Item(prop, value))

    def _picture(self, attributes: Attributes) -> None:
        """Where it really is: pages that load pictures late have a placeholder in `src`."""
        places = (attributes.get(name) or "" for name in ("src", "data-src", "srcset", "data-srcset"))
        url = next((place for place in places if place and not place.startswith("data:")), "")
        alt = " ".join((attributes.get("alt") or "").split())
        self.pictures.append(Picture(url.strip().split(" ")[0], alt, len(self.blocks)))

    def _close(self, frame: Frame) -> None:
        """End the open run of text; it belongs to the element of `frame`."""
        if not self.run:  # nothing but white space: three times of four
            self.datetime = None
            return
        text = " ".join("".join(self.run).split())
        if text:
            words = " ".join(filter(None, frame.words))
            links = min(self.link_chars, len(text))
            self.blocks.append(
                Block(text, frame.tag, frame.ancestors, words, frame.container, frame.enclosing, links, self.href, self.datetime)
            )
        self.run.clear()
        self.link_chars, self.href, self.datetime = 0, None, None


def text_of(node: LexborNode) -> str:
    """The node's text on one line."""
    return " ".join(node.text().split())


def own_words(attributes: Attributes) -> str:
    """Words of an element's class, id and role, each once, and whether it says that it is hidden."""
    words = split_names(attributes.get("class"), attributes.get("id"), attributes.get("role"))
    return f"{words} hidden".lstrip() if is_hidden(attributes) else words


@lru_cache(maxsize=16384)  # a page uses its few names over and over
def split_names(*names: str | None) -> str:
    """The words of the names in lower case, each once."""
    return " ".join(dict.fromkeys(word.lower() for name in names if name for word in WORD.findall(name)))


def is_hidden(attributes: Attributes) -> bool:
    """Whether the element says it is not shown; a hint only, since scripts unhide articles."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and "display:none" in style.lower().replace(" ", "")


def walk(tree: LexborHTMLParser, max_depth: int, props: Set[str] = frozenset()) -> Walk:
    """Blocks, pictures and the stated items named `props` of a page."""
    found = Walk(max_depth, props)
    if tree.body is not None:
        found.page(tree.body)
    return found
