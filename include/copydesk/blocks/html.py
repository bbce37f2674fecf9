"""HTML → the inside of a body, spelled out as a browser would have it, and what it states in its elements.

The parser builds the tree that a browser would. What is read is that tree spelled out again, which follows a few strict rules:
cutting it at its tags (see `pages`) takes a fraction of the time that asking every node takes.
"""

from __future__ import annotations

from collections.abc import Set

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from copydesk.blocks.openings import Openings
from copydesk.blocks.preformatted import part_preformatted
from copydesk.fields.claims import Item
from copydesk.markup.elements import UNSEEN
from copydesk.markup.page import LITERAL, Page, asked_of

# A kicker and its headline stand in elements of their own, and only their style keeps them apart.
ADJACENT = "span+span,a+a,small+span,span+small"
LEAST_KICKER_CHARS = 4  # what is shorter may be the beginning of a word: Mc, You, a drop cap


def parse(html: bytes, openings: Openings | None = None) -> Page:
    """The tree of a page, but for the mirrors of chosen options, which take quadratic time; `openings` are those of its tags."""
    asked = asked_of((openings or Openings(html)).may_open)
    return Page(LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS), asked)


def part_headings(page: Page) -> None:
    """Put a space between parts of a heading that a change from small to capital letters shows to be glued together."""
    if page.tree.body is None:
        return
    for heading in page.nodes.headings:
        for node in heading.css(ADJACENT):
            before = node.prev
            if before is not None and not before.is_text_node and _is_seam(before.text(), node.text()):
                node.insert_before(" ")


def _is_seam(before: str, behind: str) -> bool:
    """Whether a word ends and another begins where two texts meet."""
    last, first = before[-1:], behind[:1]
    return len(before) >= LEAST_KICKER_CHARS and len(behind) > 1 and (last.islower() or last.isdigit()) and first.isupper()


def read_page(page: Page) -> bytes:
    """The inside of a page's body; prose that was typed is parted, and what is not seen taken out, first."""
    body = page.tree.body
    if body is None:
        return b""
    part_preformatted(page.nodes.typed)
    for node in page.nodes.unseen:
        node.decompose(recursive=False)
    if page.nodes.literal:
        _escape_literal(page.tree, body)
    return (body.inner_html or "").encode()


def _escape_literal(tree: LexborHTMLParser, body: LexborNode) -> None:
    """Put what is literal into elements whose text the parser escapes when it spells them."""
    for node in body.css(",".join(LITERAL)):
        shown = tree.create_node("pre")
        shown.insert_child(node.text())
        node.replace_with(shown, move=True)


def read_items(page: Page, props: Set[str]) -> list[Item]:
    """What the body states in links to its author and in the `itemprop`s named `props`; of the tree before it is pruned."""
    found: list[Item] = []
    for node in page.nodes.others:
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
