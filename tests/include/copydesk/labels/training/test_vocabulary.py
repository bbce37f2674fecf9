from __future__ import annotations

import numpy as np
import pyarrow as pa

from copydesk.labels.texts.tokens import hashed, tokenize
from copydesk.labels.training.vocabulary import Evidence, count

LINES = ["he said", "subscribe", "she said", "subscribe now", "unsure"]
SITES = np.array([0, 0, 1, 1, 1])
KEPT = np.array([1, 0, 1, 0, np.nan], np.float32)


def test_words_of_the_article_and_words_against_it_are_told_apart():
    lexicon = count([Evidence(tokenize(pa.array(LINES)), SITES, KEPT)], least=2).lexicon()
    odds = dict(zip(lexicon.words.tolist(), lexicon.odds.tolist(), strict=True))
    said, subscribe = hashed(["said", "subscribe"]).tolist()
    assert set(odds) == {said, subscribe}
    assert odds[said] > 0 > odds[subscribe]


def test_a_site_learns_nothing_from_itself():
    vocabulary = count([Evidence(tokenize(pa.array(LINES)), SITES, KEPT)], least=1)
    found = vocabulary.columns(tokenize(pa.array(["he"])), np.array([0]))
    assert not found.any()
    assert vocabulary.columns(tokenize(pa.array(["he"])), np.array([1])).any()


def test_blocks_whose_truth_is_not_known_are_not_counted():
    vocabulary = count([Evidence(tokenize(pa.array(LINES)), SITES, KEPT)], least=1)
    assert hashed(["unsure"])[0] not in vocabulary.lexicon().words
