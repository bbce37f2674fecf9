"""Words that speak for or against the article, learned over many sites: of the text, and of class names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from copydesk.labels.arrays import Floats, Ints, spans, true_at
from copydesk.labels.texts.characters import Hashes
from copydesk.labels.texts.lookup import LASTING, Lookup
from copydesk.labels.texts.tokens import Tokens

COLUMNS = ("mean", "most", "least")


@dataclass(frozen=True)
class Lexicon:
    """Log-odds that a block with the word belongs to the article, against a block of which nothing is known."""

    words: Hashes
    odds: Floats

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup.of(self.words, LASTING)

    @cached_property
    def _odds_by_slot(self) -> Floats:
        """The odds in the order of the table, so that they are looked up in one step."""
        return np.append(self.odds, np.float32(0)).take(self._lookup.places, mode="clip")  # free slots name any place

    def columns(self, tokens: Tokens) -> Floats:
        """Mean, largest and smallest log-odds of each block's known words; blocks × 3."""
        if not len(tokens.code):  # the class words of a text
            return np.zeros((len(COLUMNS), len(tokens.text)), np.float32).T
        slots, is_known = self._lookup.seek(tokens.code)
        known = true_at(is_known)
        found = spread(tokens.texts()[known], self._odds_by_slot[slots[known]], len(tokens.counts))
        return found.T.take(tokens.text, axis=1).T


def spread(text: Ints, odds: Floats, count: int) -> Floats:
    """Mean, largest and smallest of the known words' odds, for each of `count` texts; `text` says where each word stands."""
    out = np.zeros((len(COLUMNS), count), np.float32).T
    if len(text):
        starts, lengths = spans(text)
        rows = text[starts]
        out[rows, 0] = np.add.reduceat(odds, starts) / lengths
        out[rows, 1] = np.maximum(np.maximum.reduceat(odds, starts), 0)
        out[rows, 2] = np.minimum(np.minimum.reduceat(odds, starts), 0)
    return out
