"""Documents and blocks → a label and its probability for each block."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.labels.arrays import Floats
from copydesk.labels.features import Features, Hints, features
from copydesk.labels.model import Model, load
from copydesk.labels.repetition import repetition
from copydesk.labels.sequence import Labels, decode

TRUSTED = ("given", "jsonld", "meta", "microdata", "head")  # whose title is believed first


class Labelled(NamedTuple):
    """The outcome for blocks in order, with what it came from, so that it can be explained."""

    labels: Labels  # index into names.LABELS
    probabilities: Floats  # of the chosen label
    features: Features
    model: Model


def label(documents: pa.Table, blocks: pa.Table, counts: pa.Table) -> Labelled:
    """Label every block; `counts` says how often lines stand in the dump (see `repetition`)."""
    model = load()
    found = features(blocks, hints(documents, blocks, counts))
    scores = model.scores(found)
    owner = blocks["document"].to_numpy().astype(np.int64)
    labels = decode(scores, model.transitions, model.starts, owner)
    probabilities = np.exp(scores[np.arange(len(labels)), labels])
    return Labelled(labels, probabilities.astype(np.float32), found, model)


def hints(documents: pa.Table, blocks: pa.Table, counts: pa.Table) -> Hints:
    """What is known of each block from outside its own document's text."""
    owner = blocks["document"].combine_chunks()
    claims = documents["claims"].to_pylist()
    return Hints(
        repetition=repetition(documents, blocks, counts),
        titles=pa.array([_claimed(c, "title") for c in claims], pa.string()).take(owner),
        descriptions=pa.array([_claimed(c, "description") for c in claims], pa.string()).take(owner),
    )


def _claimed(claims: list[dict[str, str]], field: str) -> str | None:
    """The value of the claim with the most trusted clue."""
    found = [c for c in claims if c["field"] == field]
    return min(found, key=lambda c: TRUSTED.index(c["clue"]))["value"] if found else None
