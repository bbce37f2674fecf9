"""Features that compare a block's place in the tree with where the sentences of its page stand; all zero for text."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints, before, flag, heaviest, whole
from copydesk.labels.features.coded import Coded

DEPTH_SCALE = 8.0
TEXT_BEGUN = 2  # sentences above; a headline below them opens another story
MANY = 30  # containers of one kind that make the feature 1
NAMES = "place_share alike_share container_share is_heaviest depth_off alike titles_above below_title below_other_title".split()


def paths(blocks: pa.Table, places: Coded, classes: Ints, columns: dict[str, Floats], owner: Ints) -> dict[str, Floats]:
    """How much of the page's sentences stand in the same place, or are of the same class, and how far off the heaviest place is.

    `places` are the ancestors of blocks, and `classes` a number for the class words of each.
    """
    ancestors = places.of_block
    words = columns["is_sentence"] * columns["length"]
    total = np.maximum(whole(words, owner), 1)
    place, same_class = _number(owner, ancestors, classes), _number(owner, classes)
    container = _number(owner, pc.fill_null(blocks["container"].combine_chunks(), -1).to_numpy(zero_copy_only=False))
    inside = np.bincount(container, words)[container]
    most = heaviest(inside.astype(np.float32), owner)
    depth = places.told(pc.count_substring(places.values, " ").to_numpy(), 0)
    other_titles = columns["tag_h1"] * (1 - columns["is_stated_title"])
    found = (
        np.bincount(place, words)[place] / total,
        np.bincount(same_class, words)[same_class] / total,
        inside / total,
        container == container[most],
        np.clip((depth - depth[most]) / DEPTH_SCALE, -1, 1),
        np.minimum(np.log1p(_containers(place, container)) / np.log(MANY), 1.5),
        np.minimum(before(other_titles, owner), 3) / 3,
        before(columns["is_stated_title"], owner) > 0,
        before(columns["tag_h1"] * (before(columns["is_sentence"], owner) >= TEXT_BEGUN), owner) > 0,
    )
    is_html = flag(pc.is_valid(blocks["tag"].combine_chunks()))
    return {name: flag(values) * is_html for name, values in zip(NAMES, found, strict=True)}


def _number(*keys: Ints) -> Ints:
    """One small number for each distinct combination."""
    joined = keys[0].astype(np.int64)
    for key in keys[1:]:
        joined = joined * (int(key.max(initial=0)) + 2) + key + 1
    result: Ints = pc.dictionary_encode(pa.array(joined)).indices.to_numpy().astype(np.int64)
    return result


def _containers(place: Ints, container: Ints) -> Ints:
    """How many containers hold blocks of that place."""
    size = int(container.max(initial=0)) + 1
    pairs = pc.unique(pa.array(place * size + container)).to_numpy()
    return np.bincount(pairs // size)[place]
