"""Prose that a page shows as it was typed, in `pre`: line breaks are all that part its paragraphs, as in a text.

Wires, mails and old archives stand in pages so. Programs, tables and poems do too: they do not end as sentences do, and are left whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice

from selectolax.lexbor import LexborNode

from copydesk.blocks.pages import INLINE
from copydesk.blocks.wrapping import typed_paragraphs, wrapped_paragraphs
from copydesk.fields.words import ends_sentence

MOST_LINES = 20_000  # of a page, since each may become a block
LEAST_SHARE = 0.5  # of the letters, in paragraphs that end as sentences do
CODE = frozenset({"code", "kbd", "samp"})
BREAK = r"<br>\n?|\n"
TAG = r"<!--.*?-->|</?(?!br>)([^\s/>]*)[^>]*>"  # the parser spells no attribute with a `>`
PIECE = re.compile(rf"(?s){BREAK}|{TAG}|[^<\n]+")
MARKUP = re.compile(rf"(?s){TAG}")


def part_preformatted(nodes: Sequence[LexborNode]) -> None:
    """Leave the prose in the nodes no line breaks but those between its paragraphs, and make these elements."""
    left = MOST_LINES
    for node in nodes:
        spelled = node.inner_html or ""
        left -= spelled.count("\n") + spelled.count("<br>")
        if left < 0:
            return
        if (parted := part(spelled)) is not None:
            node.inner_html = parted


def part(spelled: str) -> str | None:
    """What stands in an element, its paragraphs parted by `br`; None where it is no prose, or one paragraph, or has elements for them.

    Elements for them would have the parser open all that is open around a paragraph once more in each.
    """
    names = set(MARKUP.findall(spelled)) - {""}
    if not INLINE.issuperset(names) or names & CODE:
        return None
    lines = list(_lines(spelled))
    texts = [unescape(MARKUP.sub("", line)).rstrip() for line in lines]
    sizes = next((sizes for sizes in _ways(texts) if _is_prose(texts, sizes)), [])
    if len(sizes) < 2:
        return None
    full = (line for line, text in zip(lines, texts, strict=True) if text)
    return "<br>".join(" ".join(islice(full, size)) for size in sizes)


def _lines(spelled: str) -> Iterator[str]:
    """The lines; a break within a tag or a comment ends none."""
    line = ""
    for piece in PIECE.finditer(spelled):
        if piece[0] in ("\n", "<br>", "<br>\n"):
            yield line
            line = ""
        else:
            line += piece[0]
    yield line


def _ways(texts: Sequence[str]) -> Iterator[list[int]]:
    """How many lines, blank ones left out, may make each paragraph: as they were wrapped, one, or up to a blank one or one set in."""
    wrapped = wrapped_paragraphs(texts)
    if wrapped is not None:
        yield [len(lines) for lines in wrapped]
    yield [1] * sum(map(bool, texts))
    yield [len(lines) for lines in typed_paragraphs(texts)]


def _is_prose(texts: Sequence[str], sizes: Sequence[int]) -> bool:
    """Whether most letters stand in paragraphs of these sizes that end as sentences do."""
    full, ending, every = filter(None, texts), 0, 0
    for size in sizes:
        *others, last = islice(full, size)
        length = sum(map(len, others)) + len(last)
        every += length
        ending += length if ends_sentence(last) else 0
    return ending > LEAST_SHARE * every
