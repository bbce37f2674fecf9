"""Bodies of pages → blocks: one per run of text between block-level boundaries, with the element it stands in.

Many pages are read at once: a step over all their tags is one sweep over an array, where asking each tag took ten times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.broken_lines import paragraphs_of
from copydesk.blocks.links import Links, Owners
from copydesk.blocks.pictures import picture_of
from copydesk.blocks.pieces import read_pieces
from copydesk.blocks.stretches import Bytes, Flags, Numbers
from copydesk.blocks.tags import Tags, around, find_tags

# What stands inside a run of text and does not end it; void elements such as `meta` hold microdata between words.
INLINE = frozenset(
    "a abbr acronym area b base bdi bdo big cite code col data del dfn em embed font i input ins kbd label link mark meta nobr "
    "param picture q rp rt ruby s samp small source span strike strong sub sup time track tt u var wbr".split()
)
VOID = frozenset("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split())
LEAVES = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd td th figcaption caption summary legend address blockquote pre".split())

CLOSES, OPENS, ENDS, NESTS, ELEMENT, LEAF = (1 << bit for bit in range(6))
BLANK = ord(" ")


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
    text: pa.StringArray
    element: Numbers
    link_chars: Numbers
    href: pa.StringArray  # null where there is no link
    datetime: pa.StringArray  # null where nothing is stated


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
    runs = _unbroken(_runs(tags, walk, elements), walk.run[tags.pages])
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
    pieces = read_pieces(tags, used)
    run = walk.run[used]
    first = np.flatnonzero(np.append(True, run[1:] != run[:-1])[: len(run)])
    text = pieces.joined(first)
    holds = pc.greater(pc.binary_length(text), 0)
    text, there = text.filter(holds), first[holds.to_numpy(zero_copy_only=False)]
    number, at = run[there], used[there]
    chars, hrefs = Links.of(tags).of_blocks(used, pieces, Owners(number, run))
    limits = np.minimum(chars, pc.utf8_length(text).to_numpy())
    holder = around(elements.at, elements.level, at, walk.level[at])
    return Runs(number, text, holder, limits, hrefs, _times(tags, walk.run, number))


def _unbroken(runs: Runs, pages: Numbers) -> Runs:
    """The runs, those that are the lines of one paragraph as one; each page has those from its number in `pages` on."""
    page = np.searchsorted(pages, runs.number, "right") - 1
    paragraphs = paragraphs_of(runs.text, runs.element, runs.number, page) if len(page) else {}
    if not paragraphs:
        return runs
    stays = np.ones(len(page), bool)
    for at, (lines, _) in paragraphs.items():
        stays[at + 1 : at + lines] = False
    text = runs.text.to_pylist()
    for at, (_, whole) in paragraphs.items():
        text[at] = whole
    starts = np.flatnonzero(stays)
    return Runs(
        runs.number[starts],
        pa.array(text, pa.string()).take(pa.array(starts)),
        runs.element[starts],
        np.add.reduceat(runs.link_chars, starts),
        _first_of(runs.href, stays),
        _first_of(runs.datetime, stays),
    )


def _first_of(values: pa.StringArray, stays: Flags) -> pa.StringArray:
    """The first value that each run and those that were joined to it have, if any has one."""
    places = np.flatnonzero(pc.is_valid(values).to_numpy(zero_copy_only=False))
    owner = (np.cumsum(stays) - 1)[places]
    found = np.full(np.count_nonzero(stays), -1)
    found[owner[::-1]] = places[::-1]
    return values.take(pa.array(np.maximum(found, 0), mask=found < 0))


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
    return bool(codes.min() < ord("\t") or (codes - np.uint8(0x0E)).min() < 0x0E)  # what is below goes round


def _times(tags: Tags, run: Numbers, number: Numbers) -> pa.StringArray:
    """What the last time element of each block states, if that states any."""
    at = np.flatnonzero(tags.named("time"))
    stated = tags.stating(at, "datetime")
    found = np.flatnonzero(pc.binary_length(stated).to_numpy())
    place = np.searchsorted(run[at[found]], number, side="right") - 1
    is_there = (place >= 0) & (run[at[found[place]]] == number) if len(found) else np.zeros(len(number), bool)
    return stated.take(pa.array(found[place] if len(found) else place, mask=~is_there))


def _pictures(tags: Tags, run: Numbers, number: Numbers, first: Numbers) -> list[list[Picture]]:
    found: list[list[Picture]] = [[] for _ in first]
    at = np.flatnonzero(tags.named("img"))
    page = np.searchsorted(tags.pages, at, side="right") - 1
    before = np.searchsorted(number, run[at]) - first[page]
    for place, tag, ordinal in zip(page.tolist(), tags.inside(at), before.tolist(), strict=True):
        found[place].append(Picture(*picture_of(tag.decode()), ordinal))
    return found
