"""Whether a block speaks of what the rest of its document speaks of: other stories use other words."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints, flag
from copydesk.labels.tokens import Tokens

LONG = 6  # letters; shorter words stand in any text
BUCKETS = 4096  # for the long words of one document; two that share a bucket are taken for one
SPREAD = np.uint64(2654435761)
FEW = 3  # long words that may well be shared with nobody


def cohesion(tokens: Tokens, columns: dict[str, Floats], owner: Ints) -> dict[str, Floats]:
    """Share of the block's long words that other sentences of the document use."""
    count = len(owner)
    block, bucket = _long_words(tokens)
    cell = owner[block] * BUCKETS + bucket
    sentence = columns["is_sentence"][block] > 0
    ends = np.full((2, int(cell.max(initial=0)) + 1), -1, np.int32)  # the first and the last sentence with that word
    ends[0, cell[sentence][::-1]] = block[sentence][::-1]
    ends[1, cell[sentence]] = block[sentence]
    first, last = ends[:, cell]
    hit = (first >= 0) & ((first != block) | (last != block))
    words, shared = np.bincount(block, minlength=count), np.bincount(block[hit], minlength=count)
    return {
        "shares_words": (shared / np.maximum(words, 1)).astype(np.float32),
        "long_words": np.minimum(np.log1p(words) / 4, 1).astype(np.float32),
        "no_shared": flag((shared == 0) & (words > FEW)),
    }


def _long_words(tokens: Tokens) -> tuple[Ints, Ints]:
    """The block and the bucket of every long word."""
    is_long = pc.greater_equal(pc.utf8_length(tokens.vocabulary), LONG).to_numpy(zero_copy_only=False)
    buckets = ((np.arange(len(is_long), dtype=np.uint64) * SPREAD >> np.uint64(7)) % np.uint64(BUCKETS)).astype(np.int64)
    use = is_long[tokens.code]
    return tokens.block[use], buckets[tokens.code[use]]
