"""Counting, site by site, how often the blocks that hold a word belong to the article."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from copydesk.labels.arrays import Floats, Ints
from copydesk.labels.features.lexicon import Lexicon, spread
from copydesk.labels.texts.characters import Hashes
from copydesk.labels.texts.lookup import Lookup
from copydesk.labels.texts.tokens import Tokens

SMOOTHING = 3.0  # sites that are assumed before any is seen
USUAL = 0.3  # share of the article's blocks on a page, about


class Evidence(NamedTuple):
    """Words of some blocks, the site of each block, and the share of it that belongs to the article (NaN: not known)."""

    tokens: Tokens
    sites: Ints
    kept: Floats


class Vocabulary(NamedTuple):
    """For every word the sites that use it, and for how many of those it stood in the article."""

    words: Hashes
    sites: Floats
    kept: Floats
    pairs: Ints  # word · number of sites + site, sorted
    pairs_kept: Floats
    site_count: int
    least: int  # sites that must use a word before it counts

    def lexicon(self) -> Lexicon:
        """The words that enough sites use."""
        enough = np.flatnonzero(self.sites >= self.least)
        return Lexicon(self.words[enough], _odds(self.kept[enough], self.sites[enough]))

    def columns(self, tokens: Tokens, sites: Ints) -> Floats:
        """What the lexicon says of blocks that were themselves counted: as if their own site had not been."""
        block, word = tokens.by_block()
        place = Lookup.of(self.words).find(tokens.code)[word]
        pair = place * self.site_count + sites[block]
        at = np.minimum(np.searchsorted(self.pairs, pair), len(self.pairs) - 1)
        own = (self.pairs[at] == pair) & (place >= 0)
        kept = self.kept[place] - np.where(own, self.pairs_kept[at], 0)
        used = self.sites[place] - own
        known = (place >= 0) & (used >= self.least)
        return spread(block[known], _odds(kept, used)[known], len(sites))


def count(evidence: list[Evidence], least: int) -> Vocabulary:
    """The vocabulary of all blocks whose truth is known."""
    words = np.unique(np.concatenate([part.tokens.code for part in evidence]))
    pairs, kept = [], []
    site_count = max(int(part.sites.max(initial=0)) for part in evidence) + 1
    for part in evidence:
        block, word = part.tokens.by_block()
        known = ~np.isnan(part.kept[block])
        place = np.searchsorted(words, part.tokens.code)[word[known]]
        pairs.append(place * site_count + part.sites[block[known]])
        kept.append(part.kept[block[known]])
    distinct, inverse = np.unique(np.concatenate(pairs), return_inverse=True)
    share = np.bincount(inverse, np.concatenate(kept)) / np.bincount(inverse)
    word = distinct // site_count
    sites = np.bincount(word, minlength=len(words)).astype(np.float32)
    totals = np.bincount(word, share, len(words)).astype(np.float32)
    return Vocabulary(words, sites, totals, distinct, share.astype(np.float32), site_count, least)


def _odds(kept: Floats, sites: Floats) -> Floats:
    smoothed = (kept + SMOOTHING * USUAL) / (np.maximum(sites - kept, 0) + SMOOTHING * (1 - USUAL))
    result: Floats = (np.log(smoothed) - np.log(USUAL / (1 - USUAL))).astype(np.float32)
    return result
