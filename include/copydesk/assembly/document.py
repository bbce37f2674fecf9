"""One document with its labelled blocks: what every column of an article is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any, NamedTuple

import numpy as np

from copydesk.blocks.table import Claim, Segmented
from copydesk.labels.labelling import Labelled
from copydesk.labels.names import LABELS


@dataclass(frozen=True, slots=True)
class Origination:
    """What is known of all documents of a run: who published them, and how to read what they leave open."""

    source: str
    zone: str = "UTC"
    language: str | None = None


class Block(NamedTuple):
    """One labelled block."""

    ordinal: int
    text: str
    label: str
    probability: float
    href: str | None
    datetime: str | None


class Document(NamedTuple):
    """One document with its labelled blocks and its claims."""

    row: dict[str, Any]
    claims: list[Claim]
    blocks: list[Block]

    @property
    def url(self) -> str | None:
        """Where it was fetched from."""
        url: str | None = self.row["url"]
        return url

    def lines(self, *labels: str) -> list[str]:
        """Texts of the blocks with one of the labels, in order."""
        return [b.text for b in self.blocks if b.label in labels]

    def runs(self, label: str) -> Iterator[list[Block]]:
        """Blocks with that label that stand together."""
        return (list(run) for found, run in groupby(self.blocks, key=lambda b: b.label) if found == label)

    def claimed(self, field: str) -> list[str]:
        """What the page states for a field, in order of trust."""
        return [c.value for c in self.claims if c.field == field]


def documents_of(segmented: Segmented, labelled: Labelled) -> Iterator[Document]:
    """Documents with their labelled blocks."""
    blocks = segmented.blocks
    names = [LABELS[i] for i in labelled.labels.tolist()]
    texts, hrefs, datetimes = (blocks[name].to_pylist() for name in ("text", "href", "datetime"))
    columns = (texts, names, labelled.probabilities.tolist(), hrefs, datetimes)
    owner = blocks["document"].to_numpy()
    edges = np.searchsorted(owner, np.arange(segmented.documents.num_rows + 1)).tolist()
    for index, row in enumerate(segmented.documents.to_pylist()):
        span = slice(edges[index], edges[index + 1])
        found = list(map(Block._make, zip(count(), *(column[span] for column in columns), strict=False)))
        claims = [Claim(c["field"], c["value"], c["clue"]) for c in row["claims"] or ()]
        yield Document(row, claims, found)
