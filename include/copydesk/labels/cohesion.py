"""Whether a block speaks of what the rest of its document speaks of: other stories use other words."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints, flag
from copydesk.labels.tokens import Tokens

LONG = 6  # letters; shorter words stand in any text
BUCKETS = 4096  # for the words of one document


def cohesion(tokens: Tokens, columns: dict[str, Floats], owner: Ints) -> dict[str, Floats]:
    """Share of the block's long words that other sentences of the document use."""
    long = pc.greater_equal(pc.utf8_length(tokens.vocabulary), LONG).to_numpy(zero_copy_only=False)
    spread = (np.arange(len(long), dtype=np.uint64) * np.uint64(2654435761) >> np.uint64(7)) % np.uint64(BUCKETS)
    use = long[tokens.code]
    block, bucket = tokens.block[use], spread[tokens.code[use]].astype(np.int64)
    cell = owner[block] * BUCKETS + bucket
    sentence = columns["is_sentence"][block] > 0
    uses = np.bincount(cell[sentence], minlength=int(cell.max(initial=0)) + 1)
    pair = block * BUCKETS + bucket
    own = np.ones(len(pair), np.int64)
    distinct, inverse, count = np.unique(pair, return_inverse=True, return_counts=True)
    own = count[inverse]
    hit = uses[cell] - own * sentence > 0
    n = len(owner)
    words = np.bincount(block, minlength=n)
    shared = np.bincount(block[hit], minlength=n) / np.maximum(words, 1)
    return {"shares_words": shared.astype(np.float32), "long_words": np.minimum(np.log1p(words) / 4, 1).astype(np.float32), "no_shared": flag((shared == 0) & (words > 3))}
