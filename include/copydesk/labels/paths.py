"""Features that compare a block's place in the tree with where the sentences of its page stand; zero for text."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints, before, flag, spans, whole

DEPTH_SCALE = 8.0
MANY = 30  # containers of one kind that make the feature 1


def paths(blocks: pa.Table, columns: dict[str, Floats], owner: Ints) -> dict[str, Floats]:
    """How much of the page's sentences stand at the same place, or of the same class, and how far off the heaviest place is."""
    ancestors = _codes(blocks["ancestors"])
    classes = _codes(blocks["words"])
    _, lengths = spans(owner)
    words = columns["is_sentence"] * columns["length"]
    total = np.maximum(whole(words, owner), 1)
    place = _number(owner, ancestors, classes)
    container = _number(owner, pc.fill_null(blocks["container"].combine_chunks(), -1).to_numpy(zero_copy_only=False))
    inside = np.bincount(container, words)[container]
    at_place = np.bincount(place, words)[place]
    heaviest = _heaviest(inside, owner, lengths)
    depth = pc.fill_null(pc.count_substring(blocks["ancestors"].combine_chunks(), " "), 0).to_numpy(zero_copy_only=False)
    kinds = np.bincount(place[np.unique(place.astype(np.int64) * (container.max(initial=0) + 1) + container, return_index=True)[1]])
    titles = columns["tag_h1"] * (1 - columns["is_stated_title"])
    return {
        "place_share": at_place / total,
        "class_share": np.bincount(k := _number(owner, classes), words)[k] / total,
        "container_share": inside / total,
        "is_heaviest": flag(container == container[heaviest]),
        "depth_off": np.clip((depth - depth[heaviest]) / DEPTH_SCALE, -1, 1).astype(np.float32),
        "alike": np.minimum(np.log1p(kinds[place]) / np.log(MANY), 1.5).astype(np.float32),
        "titles_above": np.minimum(before(titles, owner), 3) / 3,
        "below_title": flag(before(columns["is_stated_title"], owner) > 0),
    }


def _codes(column: pa.ChunkedArray) -> Ints:
    encoded = pc.dictionary_encode(column.combine_chunks())
    return pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)


def _number(*keys: Ints) -> Ints:
    """One number for each distinct combination."""
    joined = keys[0].astype(np.int64)
    for key in keys[1:]:
        joined = joined * (int(key.max(initial=0)) + 2) + key + 1
    return np.unique(joined, return_inverse=True)[1]


def _heaviest(weight: Floats, owner: Ints, lengths: Ints) -> Ints:
    """For every block the index of the block of its document that has the largest weight."""
    order = np.lexsort((-np.arange(len(owner)), weight, owner))
    return np.repeat(order[np.cumsum(lengths) - 1], lengths)
