"""Bodies of pages → blocks: one per run of text between block-level boundaries, with the element it stands in.

Many pages are read at once: a step over all their tags is one sweep over an array, where asking each tag took ten times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.blocks.attributes import unescape
from copydesk.blocks.pictures import picture_of
from copydesk.blocks.tags import Bytes, Flags, Numbers, Tags, around, cut, find_tags

# What stands inside a run of text and does not end it; void elements such as `meta` hold microdata between words.
INLINE = frozenset(
    "a abbr acronym area b base bdi bdo big cite code col data del dfn em embed font i input ins kbd label link mark meta nobr "
    "param picture q rp rt ruby s samp small source span strike strong sub sup time track tt u var wbr".split()
)
VOID = frozenset("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split())
LEAVES = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd td th figcaption caption summary legend address blockquote pre".split())

CLOSES, OPENS, ENDS, NESTS, ELEMENT, LEAF = (1 << bit for bit in range(6))
BLANK = ord(" ")
GAP = "\0"  # the parser lets none through


class Picture(NamedTuple):
    """An image of the page, and the ordinal of the first block after it."""

    url: str
    alt: str
    before: int


class Elements(NamedTuple):
    """What blocks stand in: the bodies of the pages, and all in them that is of block level and no line break."""

    at: Numbers  # their tags
    level: Numbers  # 0 is a body; -1 for those that hold nothing
    parent: Numbers  # place among the elements; -1 above a body
    is_leaf: Flags  # whether its text belongs to the parent


class Runs(NamedTuple):
    """Stretches of text without a boundary, those that hold any."""

    number: Numbers  # ascending
    text: list[str]
    element: Numbers
    link_chars: list[int]
    href: list[str | None]
    datetime: list[str | None]


class Pages(NamedTuple):
    """What was read of some pages."""

    tags: Tags
    elements: Elements
    runs: Runs
    sizes: Numbers  # blocks of each page
    depths: Numbers  # of each page, the most elements that are open at once
    pictures: list[list[Picture]]  # of each page


class Walk(NamedTuple):
    """What is known behind each tag."""

    kind: Numbers  # of the tag
    run: Numbers  # that what follows belongs to
    level: Numbers  # elements that are open in the body
    depth: Numbers  # the same, what is inline included


def read_pages(bodies: Sequence[bytes]) -> Pages:
    """Blocks and pictures of the insides of bodies."""
    tags = find_tags(bodies)
    walk = _walk(tags)
    elements = _elements(tags, walk)
    runs = _runs(tags, walk, elements)
    first = np.searchsorted(runs.number, walk.run[tags.pages])
    depths = np.where(walk.kind & NESTS, walk.depth, 0)
    deepest = np.maximum.reduceat(depths, tags.pages) if bodies else depths[:0]
    sizes = np.diff(first, append=len(runs.number))
    return Pages(tags, elements, runs, sizes, deepest, _pictures(tags, walk.run, runs.number, first))


def _walk(tags: Tags) -> Walk:
    kind = np.array([_kind(name) for name in tags.names], np.int64)[tags.name]
    kind[tags.pages] = CLOSES | ELEMENT
    kind[-1] = CLOSES
    is_end, is_nest, closes = (kind & ENDS) > 0, (kind & NESTS) > 0, (kind & CLOSES) > 0
    level = np.cumsum(is_nest.astype(np.int64) - (is_end & closes))
    depth = np.cumsum(((kind & OPENS) > 0).astype(np.int64) - is_end)
    return Walk(kind, np.cumsum(closes), level, depth)


def _kind(name: str) -> int:
    """What a tag of that name does to the run of text and to what is open."""
    if name[:1] in ("", "!", "?") or name == "img":
        return 0
    if name[0] == "/":
        return ENDS if name[1:] in INLINE else ENDS | CLOSES
    if name in INLINE:
        return 0 if name in VOID else OPENS
    found = CLOSES | (ELEMENT if name != "br" else 0) | (LEAF if name in LEAVES else 0)
    return found if name in VOID else found | OPENS | NESTS


def _elements(tags: Tags, walk: Walk) -> Elements:
    at = np.flatnonzero(walk.kind & ELEMENT)
    kind, level = walk.kind[at], walk.level[at]
    nests, body = (kind & NESTS) > 0, np.searchsorted(at, tags.pages)
    own = np.where(nests, level, -1)
    own[body] = 0
    parent = around(at, own, at, level - nests)
    parent[body] = -1
    return Elements(at, own, parent, (kind & LEAF) > 0)


def _runs(tags: Tags, walk: Walk, elements: Elements) -> Runs:
    used = _used(tags, walk.run)
    pieces = _texts(tags, used)
    run = walk.run[used]
    first = np.flatnonzero(np.r_[True, run[1:] != run[:-1]][: len(run)])
    edges = [*first.tolist(), len(run)]
    joined = (pieces[low] if high - low == 1 else "".join(pieces[low:high]) for low, high in pairwise(edges))
    texts = [" ".join(text.split()) for text in joined]
    there = first[np.array(list(map(bool, texts)), bool)]
    found = list(filter(None, texts))
    number, at = run[there], used[there]
    chars, hrefs = _links(tags, used, pieces, Owners(number, run))
    limits = map(min, chars, map(len, found))
    holder = around(elements.at, elements.level, at, walk.level[at])
    return Runs(number, found, holder, list(limits), hrefs, _times(tags, walk.run, number))


def _used(tags: Tags, run: Numbers) -> Numbers:
    """The tags with text behind them that is part of a block: two texts of three are the white space between elements."""
    full = np.flatnonzero(tags.low[1:] - tags.high[:-1] > 1)
    codes = np.frombuffer(tags.html, np.uint8)
    edges = np.stack([tags.high[full] + 1, tags.low[full + 1]], axis=1).ravel()
    darkest = np.maximum.reduceat(codes, edges)[::2] if len(full) else codes[:0]
    holds = np.zeros(int(run[-1]) + 1, bool)
    holds[run[full[(darkest > BLANK) | _has_controls(codes)]]] = True
    return full[holds[run[full]]]


def _has_controls(codes: Bytes) -> bool:
    """Whether a page states signs below the space by number, which are no white space."""
    return bool(codes.min() < ord("\t") or (codes - np.uint8(0x0E) < 0x0E).any())


def _texts(tags: Tags, used: Numbers) -> list[str]:
    """What stands behind some tags, as it was before the parser spelled it."""
    content = np.frombuffer(tags.html, np.uint8).copy()
    content[tags.high[used]] = ord(GAP)
    found = cut(pa.py_buffer(content), tags.high[used], tags.low[used + 1])
    size = int((tags.low[used + 1] - tags.high[used]).sum())
    return unescape(str(memoryview(found.buffers()[2])[:size], "utf-8")).split(GAP)[1:] if size else []


class Owners(NamedTuple):
    """Which block pieces of text belong to."""

    number: Numbers  # of the run that became each block
    run: Numbers  # of each piece

    def blocks(self, pieces: Numbers) -> tuple[Numbers, Numbers]:
        """The pieces that are part of a block, and its place."""
        block = np.minimum(np.searchsorted(self.number, self.run[pieces]), len(self.number) - 1)
        kept = self.number[block] == self.run[pieces] if len(self.number) else np.zeros(0, bool)
        return pieces[kept], block[kept]


def _links(tags: Tags, used: Numbers, pieces: list[str], owners: Owners) -> tuple[list[int], list[str | None]]:
    """How many letters of each block are linked, and where its first link leads: nowhere for one without an address."""
    begins, ends = _named(tags, "a"), _named(tags, "/a")
    links, within = np.flatnonzero(begins), np.cumsum(begins.astype(np.int64) - ends)
    linked, block = owners.blocks(np.flatnonzero(within[used] > 0))
    at = used[linked]
    link = around(links, within[links], at, within[at]).tolist()
    chars = np.bincount(block, [len(pieces[piece].strip()) for piece in linked.tolist()], len(owners.number)).astype(np.int64)
    addresses = _addresses(tags, links, within)
    hrefs: list[str | None] = [None] * len(owners.number)
    for place, number in zip(block.tolist(), link, strict=True):
        if not hrefs[place]:
            hrefs[place] = addresses[number]
    return chars.tolist(), hrefs


def _addresses(tags: Tags, links: Numbers, within: Numbers) -> list[str]:
    """Where links lead; one without an address, that of the link it stands in."""
    found = tags.stating(links, "href")
    outer = around(links, within[links], links, within[links] - 1)
    for number in np.flatnonzero(within[links] > 1).tolist():
        found[number] = found[number] or found[outer[number]]
    return found


def _times(tags: Tags, run: Numbers, number: Numbers) -> list[str | None]:
    """What the last time element of each block states, if that states any."""
    found: dict[int, str] = {}
    at = np.flatnonzero(_named(tags, "time"))
    for place, datetime in zip(run[at].tolist(), tags.stating(at, "datetime"), strict=True):
        if datetime:
            found[place] = datetime
    return list(map(found.get, number.tolist())) if found else [None] * len(number)


def _pictures(tags: Tags, run: Numbers, number: Numbers, first: Numbers) -> list[list[Picture]]:
    found: list[list[Picture]] = [[] for _ in first]
    at = np.flatnonzero(_named(tags, "img"))
    page = np.searchsorted(tags.pages, at, side="right") - 1
    before = np.searchsorted(number, run[at]) - first[page]
    for place, tag, ordinal in zip(page.tolist(), tags.inside(at), before.tolist(), strict=True):
        found[place].append(Picture(*picture_of(tag.decode()), ordinal))
    return found


def _named(tags: Tags, name: str) -> Flags:
    """The tags of one name."""
    result: Flags = tags.name == (tags.names.index(name) if name in tags.names else -1)
    return result
