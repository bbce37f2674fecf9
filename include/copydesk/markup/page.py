"""The tree of a page, and the elements of it that are asked anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from copydesk.markup.elements import UNSEEN

LITERAL = frozenset({"xmp", "plaintext"})  # the parser does not escape what they hold
TYPED = "pre"  # shows line breaks as they were typed
JSON_LD = "application/ld+json"
STATING = f'meta[content],h1,script[type^="{JSON_LD}" i]'
STATED = ("meta[content]", "[itemprop]", 'a[rel="author"]')  # who asks for these finds them by what they state
NAMED = ("h1", TYPED, *sorted(LITERAL), *sorted(UNSEEN))
ASKED = ",".join((*STATED, *NAMED))


class Nodes(NamedTuple):
    """Elements in the order of the page."""

    metas: list[LexborNode]
    headings: list[LexborNode]  # of the first rank
    scripts: list[LexborNode]  # of JSON-LD
    others: list[LexborNode]  # of the body; more than these may state something by an `itemprop` or a `rel`
    unseen: list[LexborNode]  # of the body
    literal: list[LexborNode]  # of the body
    typed: list[LexborNode]  # of the body


@dataclass(frozen=True)
class Page:
    """The tree of a page, as a browser would build it."""

    tree: LexborHTMLParser
    asked: str = ASKED  # in the body

    @cached_property
    def nodes(self) -> Nodes:
        """The elements that are asked, all found in one walk: a walk through the tree takes longer than to read what is found."""
        head, body = self.tree.head, self.tree.body
        if body is None:  # a frameset
            return _sorted(self.tree.css(STATING), [])
        return _sorted(head.css(STATING) if head is not None else [], body.css(self.asked))


def asked_of(may_open: Callable[[str], bool]) -> str:
    """What the body is asked for, without names of elements that it cannot have: each takes 6 µs, and most pages have few of them."""
    return ",".join((*STATED, *filter(may_open, NAMED)))


def _sorted(stating: Iterable[LexborNode], asked: Iterable[LexborNode]) -> Nodes:
    found = Nodes([], [], [], [], [], [], [])
    by_tag = {"meta": found.metas, "h1": found.headings, "script": found.scripts}
    for node in stating:
        by_tag[node.tag or ""].append(node)
    for node in {node.mem_id: node for node in asked}.values():  # what is asked for two reasons is found twice
        tag = node.tag or ""
        if tag in UNSEEN:
            found.unseen.append(node)
            if tag == "script" and (node.attributes.get("type") or "").lower().startswith(JSON_LD):
                found.scripts.append(node)
        elif tag in LITERAL:
            found.literal.append(node)
        else:
            _add(node, tag, found)
    return found


def _add(node: LexborNode, tag: str, found: Nodes) -> None:
    found.others.append(node)
    if tag == "h1":
        found.headings.append(node)
    elif tag == "meta" and "content" in node.attributes:
        found.metas.append(node)
    elif tag == TYPED:
        found.typed.append(node)
