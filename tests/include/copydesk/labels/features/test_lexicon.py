from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from copydesk.labels.features.lexicon import Lexicon
from copydesk.labels.texts.tokens import hashed, tokenize


def test_known_words_give_mean_largest_and_smallest_odds():
    lexicon = Lexicon(hashed(["said", "subscribe"]), np.array([1.5, -2.5], np.float32))
    found = lexicon.columns(tokenize(pa.array(["Subscribe, he said", "said again", "nothing known"])))
    assert found.tolist() == [[-0.5, 1.5, -2.5], [1.5, 1.5, 0.0], [0.0, 0.0, 0.0]]


@pytest.mark.parametrize("words", [pa.array([None, None], pa.string()), pa.array([], pa.string())])
def test_blocks_without_words_have_no_odds(words):
    lexicon = Lexicon(hashed(["body"]), np.array([1], np.float32))
    assert not lexicon.columns(tokenize(words)).any()
