"""Boosted trees that judge pages before the networks learn from gold and trees together.

Gold is noisy: it leaves out half an article here and holds a box there. What trees say of sites that they have not seen follows the
rule and not the slip; a small network that learns from both reads unseen sites nearly as well as the trees, at a fraction of their cost.
Trees also judge pages that no gold tells the text of. They see markup, so what they say of a page is worth more to its bare text than
what trees grown on bare text would say.
"""

from __future__ import annotations

from typing import NamedTuple

import lightgbm
import numpy as np

from copydesk.labels.arrays import Floats, Ints
from copydesk.labels.networks.network import masses
from copydesk.labels.networks.surroundings import Surroundings

CONTEXT = (
    "is_sentence is_fragment is_tiny is_short is_long link_share words_log repeats_in_dump tag_p tag_li has_sentences says_related "
    "is_date_line class_body class_rail class_comments shares_words place_share alike_share container_share depth_off alike"
).split()
PARTS = 2  # of the sites: each is judged by trees grown on the other
SHARE = 0.6  # of what is learned that is the trees' word, where the gold has one
WORDS_SCALE = 20.0
TREES = {
    "objective": "cross_entropy",  # shares are learned as they are, not as yes or no
    "learning_rate": 0.1,
    "num_leaves": 31,
    "min_data_in_leaf": 40,
    "lambda_l2": 2.0,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
ROUNDS = (120, 160)  # of the first trees, and of the second, which know what the first think of the surroundings


class Material(NamedTuple):
    """Blocks of many documents of one form, and what the gold says of them."""

    inputs: Floats
    names: tuple[str, ...]
    words: Floats
    kept: Floats  # share that belongs to the article, by the gold
    weight: Floats
    part: Ints  # of the sites, by block
    around: Surroundings


def judged(material: Material, seed: int) -> Floats:
    """Probability for each block to belong to the article, as trees have it that have not seen its site."""
    at = [material.names.index(name) for name in CONTEXT if name in material.names]
    seen = np.concatenate([material.inputs, material.around.views(material.inputs[:, at])], axis=1)
    first = _judge(seen, material, ROUNDS[0], seed)
    thought = np.stack([first, first * material.words / WORDS_SCALE], axis=1)
    views = [material.around.views(thought), masses(first, material.words, material.around)]
    return _judge(np.concatenate([seen, thought, *views], axis=1), material, ROUNDS[1], seed)


def mixed(kept: Floats, word: Floats) -> Floats:
    """What gold and trees have between them; where the trees say nothing (NaN), what the gold has."""
    result: Floats = np.where(np.isnan(word), kept, (1 - SHARE) * kept + SHARE * word).astype(np.float32)
    return result


def _judge(seen: Floats, material: Material, rounds: int, seed: int) -> Floats:
    """Probability for each block to belong to the article, from trees that have not seen its site."""
    out = np.zeros(len(seen), np.float32)
    for part in range(PARTS):
        known = (material.part != part) & (material.weight > 0)
        judged = material.part == part
        if known.any() and judged.any():
            trees = _grow(seen[known], material.kept[known], material.weight[known], rounds, seed)
            out[judged] = trees.predict(seen[judged], num_threads=1)
    return out


def _grow(seen: Floats, kept: Floats, weight: Floats, rounds: int, seed: int) -> lightgbm.Booster:
    data = lightgbm.Dataset(seen, kept, weight=weight / weight.mean(), params={"max_bin": 63, "verbose": -1})
    return lightgbm.train(TREES | {"seed": seed}, data, rounds)
