"""Documents and blocks → a label and its probability for each block."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.favor import ADDING, BALANCE, Favor
from copydesk.labels.arrays import Floats
from copydesk.labels.decoding import Labels, choose
from copydesk.labels.features.matrix import Features, features
from copydesk.labels.learned import Learned, Trace
from copydesk.labels.learned_file import load_learned
from copydesk.labels.networks.bars import Bars
from copydesk.labels.networks.hand_set import load_hand_set
from copydesk.labels.networks.inputs import opinion
from copydesk.labels.repetition import Counts
from copydesk.labels.rules.elements import told_by_elements
from copydesk.labels.rules.ruling import Ruling, Rulings
from copydesk.labels.rules.site_rules import apply_marks
from copydesk.labels.texts.characters import Flags
from copydesk.labels.texts.lines import Lines
from copydesk.processes.one_thread import ONE_THREAD


class Labelled(NamedTuple):
    """The outcome for blocks in order, with what it came from, so that it can be explained."""

    labels: Labels  # index into label_names.LABELS
    grounds: Labels  # the same without what only recall lets in: where title and dates are looked for
    probabilities: Floats  # of the chosen label
    features: Features
    blocks: pa.Table
    model: Learned
    traces: list[Trace]  # none where nothing is explained
    likely: Floats  # that the block belongs to the article
    bars: Bars
    rulings: Rulings  # what decided against its chances


def label(
    documents: pa.Table,
    blocks: pa.Table,
    counts: Counts,
    model: Learned | None = None,
    lines: Lines | None = None,
    *,
    favor: Favor = BALANCE,
    explains: bool = True,
) -> Labelled:
    """Label every block; `counts` says how often lines stand in the dump (see `repetition`), `model` is the shipped one unless given.

    `lines` is what was seen of the blocks, if somebody has looked at them. What is kept to explain labels takes memory and time: who will
    not ask says that the outcome explains nothing.
    """
    found = features(documents, blocks, counts, lines)
    model = model or load_learned()
    with ONE_THREAD.held():
        chances, traces = model.judge(found, opinion(load_hand_set(), found), blocks, explains=explains)
        settled = model.settle(chances, found, blocks, favor, _are_fragments(documents, blocks))
    labels, probabilities = _chosen(chances, settled.are_kept, settled.likely, found, blocks)
    grounds = labels
    if favor in ADDING:
        surely = settled.are_kept & ~np.isin(settled.ruled.rulings, (Ruling.RECALL, Ruling.EVERYTHING))
        grounds, _ = _chosen(chances, surely, settled.likely, found, blocks)
    return Labelled(labels, grounds, probabilities, found, blocks, model, traces, settled.likely, *settled.ruled)


def _are_fragments(documents: pa.Table, blocks: pa.Table) -> Flags | None:
    """Which blocks are of fragments, where there are any."""
    are: Flags = documents["is_fragment"].to_numpy()
    return are[blocks["document"].to_numpy()] if are.any() else None


def _chosen(chances: Floats, kept: Flags, likely: Floats, found: Features, blocks: pa.Table) -> tuple[Labels, Floats]:
    """A label a block and its probability, where those `kept` are the article's."""
    labels = choose(chances, blocks["document"].to_numpy(), kept)
    return apply_marks(*told_by_elements(labels, chances[np.arange(len(labels)), labels], likely, found), blocks)
