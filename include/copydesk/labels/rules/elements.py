"""What a kept block of a page is, where its element says so: the networks learn what is kept, and hardly what kind of paragraph it is."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.label_names import IS_KEPT, LABELS
from copydesk.labels.arrays import Floats
from copydesk.labels.decoding import Labels
from copydesk.labels.features.matrix import Features

LONGEST_HEADING = 200  # characters; pages set whole paragraphs as headings, to have them large
# Columns of features, of which one is enough; of two kinds the later one counts, so that an item of a quotation is quoted.
ELEMENTS = {"table": ("tag_cell",), "list": ("tag_li",), "heading": ("tag_h1", "tag_h2"), "quote": ("tag_quote", "in_blockquote")}


class Kinds(NamedTuple):
    """The labels of blocks, and how likely each is right."""

    labels: Labels
    probabilities: Floats


def told_by_elements(labels: Labels, probabilities: Floats, likely: Floats, found: Features) -> Kinds:
    """Kept blocks that are a heading, a quotation, an item or a cell by their element; that is as sure as that they are kept."""
    if not found.has_pages:
        return Kinds(labels, probabilities)
    kept = (IS_KEPT[labels] > 0) & found.are_pages
    labels, probabilities = labels.copy(), probabilities.copy()
    for name, columns in ELEMENTS.items():
        told = kept & found.select(columns).any(axis=1)
        if name == "heading":
            told &= found.lengths <= LONGEST_HEADING
        labels[told], probabilities[told] = LABELS.index(name), likely[told]
    return Kinds(labels, probabilities)
