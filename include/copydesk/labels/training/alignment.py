"""Where the blocks of a page stand in a text that is known to be its article."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

import numpy as np

from copydesk.labels.arrays import Floats

CJK = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u1000-\u109f"
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
GRAM = 4
MAX_PLACES = 4  # a line that stands more often in the article says nothing about where
SLACK = 2  # tokens by which neighbours may overlap: a dateline or a number told apart differently


class Alignment(NamedTuple):
    """How much of each block the article holds in its place, and whether it holds it at all."""

    share: Floats  # of the block's tokens, in reading order with the others
    found: Floats  # of the block's grams, wherever they stand
    coverage: float  # of the article's tokens by the blocks


class Match(NamedTuple):
    """One place where a block may stand in the article."""

    block: int
    start: int
    end: int
    weight: int


def align(blocks: list[str], article: str) -> Alignment:
    """The blocks that follow one another in `blocks` as in `article`, the heaviest such chain."""
    wanted = TOKEN.findall(article)
    places = _places(wanted)
    found = np.zeros(len(blocks), np.float32)
    sizes = np.ones(len(blocks), np.float32)
    matches: list[Match] = []
    for index, text in enumerate(blocks):
        tokens = TOKEN.findall(text)
        sizes[index] = max(len(tokens), 1)
        hits, found[index] = _hits(index, tokens, places)
        matches += hits
    share = np.zeros(len(blocks), np.float32)
    chain = _heaviest_chain(matches)
    for match in chain:
        share[match.block] = min(match.weight / sizes[match.block], 1)
    return Alignment(share, found, sum(m.weight for m in chain) / max(len(wanted), 1))


def _places(tokens: list[str]) -> dict[tuple[str, ...], list[int]]:
    """Where each run of one to four tokens starts."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in range(1, GRAM + 1):
        for at in range(len(tokens) - size + 1):
            places[tuple(tokens[at : at + size])].append(at)
    return places


def _hits(index: int, tokens: list[str], places: dict[tuple[str, ...], list[int]]) -> tuple[list[Match], float]:
    """The block's likely places, and the share of its grams that stand anywhere."""
    if not tokens:
        return [], 0.0
    size = min(GRAM, len(tokens))
    grams = [tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)]
    standing = [(i, places[g]) for i, g in enumerate(grams) if g in places]
    diagonals: dict[int, int] = defaultdict(int)
    for i, at in standing:
        for place in at[:MAX_PLACES]:
            diagonals[place - i] += 1
    likely = sorted(diagonals, key=lambda d: (-diagonals[d], d))[:MAX_PLACES]
    weight = min(len(standing) + size - 1, len(tokens))
    matches = [Match(index, d, d + len(tokens), weight) for d in likely if diagonals[d] * 2 >= len(standing)]
    if standing and not matches:
        matches = [Match(index, likely[0], likely[0] + len(tokens), weight)]
    return matches, len(standing) / len(grams)


def _heaviest_chain(matches: list[Match]) -> list[Match]:
    """Matches in order of blocks and of the article at once, heaviest in sum."""
    if not matches:
        return []
    block, start, end, weight = (np.array(column) for column in zip(*matches, strict=True))
    best = weight.astype(np.float64)
    previous = np.full(len(matches), -1)
    for i in range(1, len(matches)):
        fits = np.flatnonzero((block[:i] < block[i]) & (end[:i] <= start[i] + SLACK))
        if len(fits):
            before = fits[best[fits].argmax()]
            best[i] += best[before]
            previous[i] = before
    at, chain = int(best.argmax()), []
    while at >= 0:
        chain.append(matches[at])
        at = int(previous[at])
    return chain[::-1]
