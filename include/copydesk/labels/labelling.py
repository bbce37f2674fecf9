"""Documents and blocks → a label and its probability for each block."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.labels.arrays import Floats
from copydesk.labels.choice import Labels, choose
from copydesk.labels.features import Features, Hints, features
from copydesk.labels.learned import Learned, load_learned, opinion
from copydesk.labels.model import load
from copydesk.labels.repetition import repetition

TRUSTED = ("given", "jsonld", "meta", "microdata", "head")  # whose title is believed first


class Labelled(NamedTuple):
    """The outcome for blocks in order, with what it came from, so that it can be explained."""

    labels: Labels  # index into names.LABELS
    probabilities: Floats  # of the chosen label
    features: Features
    blocks: pa.Table
    model: Learned


def label(documents: pa.Table, blocks: pa.Table, counts: pa.Table) -> Labelled:
    """Label every block; `counts` says how often lines stand in the dump (see `repetition`)."""
    found = features(blocks, hints(documents, blocks, counts))
    model = load_learned()
    chances = model.probabilities(found, opinion(load(), found), blocks)
    labels = choose(chances)
    return Labelled(labels, chances[np.arange(len(labels)), labels], found, blocks, model)


def hints(documents: pa.Table, blocks: pa.Table, counts: pa.Table) -> Hints:
    """What is known of each block from outside its own document's text."""
    claims = documents["claims"].to_pylist()
    return Hints(
        repetition=repetition(documents, blocks, counts),
        titles=pa.array([_claimed(c, "title") for c in claims], pa.string()),
        descriptions=pa.array([_claimed(c, "description") for c in claims], pa.string()),
        bodies=pa.array([_longest(c, "body") for c in claims], pa.string()),
    )


def _longest(claims: list[dict[str, str]], field: str) -> str | None:
    """The longest value claimed: some clues give an extract."""
    return max((c["value"] for c in claims or () if c["field"] == field), key=len, default=None)


def _claimed(claims: list[dict[str, str]], field: str) -> str | None:
    """The value of the claim with the most trusted clue."""
    found = [c for c in claims if c["field"] == field]
    return min(found, key=lambda c: TRUSTED.index(c["clue"]))["value"] if found else None
