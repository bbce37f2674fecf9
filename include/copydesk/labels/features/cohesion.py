"""Whether a block speaks of what the rest of its document speaks of: other stories use other words."""

from __future__ import annotations

import numpy as np

from copydesk.labels.arrays import Floats, Ints, flag, portions, true_at
from copydesk.labels.texts.characters import Flags
from copydesk.labels.texts.tokens import Tokens

LONG = 6  # letters; shorter words stand in any text
BUCKETS = 4096  # for the long words of one document; two that share a bucket are taken for one
PART_WORDS = 12_000  # long ones, looked at together
FEW = 3  # long words that may well be shared with nobody


def cohesion(tokens: Tokens, is_sentence: Floats, owner: Ints) -> dict[str, Floats]:
    """Share of the block's long words that other sentences of the document use."""
    words = tokens.longer_than(LONG - 1)
    firsts = words.firsts()
    shared = np.zeros(len(owner), np.int64)
    held = words.counts[words.text]
    for part in portions(held, owner, PART_WORDS):
        shared[part] = _shared(words._replace(text=words.text[part]), firsts, is_sentence[part] > 0, owner[part])
    return {
        "shares_words": (shared / np.maximum(held, 1)).astype(np.float32),
        "long_words": np.minimum(np.log1p(held) / 4, 1).astype(np.float32),
        "no_shared": flag((shared == 0) & (held > FEW)),
    }


def _shared(words: Tokens, firsts: Ints, is_sentence: Flags, owner: Ints) -> Ints:
    """How many long words of each block other sentences have."""
    block, place = words.by_block(firsts)
    cell = ((owner - owner[0]) * BUCKETS).take(block) + (words.code[place] % np.uint64(BUCKETS)).view(np.int64)
    used = true_at(is_sentence.take(block))
    cells, blocks = cell[used], block[used]
    ends = np.full((2, int(cell.max(initial=0)) + 1), -1, np.int32)  # the first and the last sentence with that word
    ends[0, cells[::-1]] = blocks[::-1]
    ends[1, cells] = blocks
    first, last = (sentence.take(cell) for sentence in ends)
    hit = true_at((first >= 0) & ((first != block) | (last != block)))
    return np.bincount(block[hit], minlength=len(owner))
