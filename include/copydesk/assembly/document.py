"""One document with its labelled blocks: what every column of an article is made from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise, starmap
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.table import Claim, Segmented
from copydesk.fields.given import GIVEN
from copydesk.labels.arrays import Floats, Ints
from copydesk.labels.choice import Labels
from copydesk.labels.labelling import Labelled
from copydesk.labels.names import FIELDS, KEPT, LABELS

LISTS = ("claims", "pictures")
BLOCK = ["ordinal", "text", "href", "datetime"]
Item = TypeVar("Item")


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


class Picture(NamedTuple):
    """A picture element of a page; `before` is the ordinal of the first block after it."""

    url: str | None
    alt: str | None
    before: int


@dataclass(frozen=True)
class Document:
    """One document with its labelled blocks and its claims."""

    row: dict[str, Any]
    claims: list[Claim]
    pictures: list[Picture]
    paragraphs: list[str]  # texts of the blocks that are kept
    fields: list[Block]  # blocks that are read into fields of their own
    make_blocks: Callable[[], list[Block]]

    @cached_property
    def blocks(self) -> list[Block]:
        """All of them, made when they are asked for: most are rails and boilerplate, which few questions are about."""
        return self.make_blocks()

    @property
    def url(self) -> str | None:
        """Where it was fetched from."""
        url: str | None = self.row["url"]
        return url

    def labelled(self, *labels: str) -> list[Block]:
        """The blocks with one of the labels, in order."""
        return [b for b in (self.fields if FIELDS.issuperset(labels) else self.blocks) if b.label in labels]

    def lines(self, *labels: str) -> list[str]:
        """Texts of the blocks with one of the labels, in order."""
        return [b.text for b in self.labelled(*labels)]

    def runs(self, label: str) -> Iterator[list[Block]]:
        """Blocks with that label that stand together."""
        found = self.labelled(label)
        edges = [at for at, (a, b) in enumerate(pairwise(found), start=1) if b.ordinal != a.ordinal + 1]
        return (found[low:high] for low, high in pairwise([0, *edges, len(found)]) if found)

    def given(self, field: str) -> list[str]:
        """What the container of the document gives for a field."""
        return [claim.value for claim in self.claims if claim.field == field and claim.clue == GIVEN]

    @cached_property
    def stated(self) -> dict[str, list[str]]:
        """What the page states, by field, in order of trust."""
        stated: dict[str, list[str]] = {}
        for claim in self.claims:
            stated.setdefault(claim.field, []).append(claim.value)
        return stated

    def claimed(self, field: str) -> list[str]:
        """What the page states for a field, in order of trust."""
        return self.stated.get(field, [])


def documents_of(segmented: Segmented, labelled: Labelled) -> Iterator[Document]:
    """Documents with their labelled blocks."""
    documents, blocks = segmented.documents, segmented.blocks
    edges = np.searchsorted(blocks["document"].to_numpy(), np.arange(documents.num_rows + 1))
    kept, fields = labelled_rows(labelled, KEPT), labelled_rows(labelled, FIELDS)
    texts = blocks["text"].take(pa.array(kept)).to_pylist()
    found = _blocks(blocks.select(BLOCK).take(pa.array(fields)), labelled.labels[fields], labelled.probabilities[fields])
    columns = zip(
        documents.drop_columns([*LISTS, "notes"]).to_pylist(),
        _tuples(documents["claims"], Claim, Claim._fields),
        _tuples(documents["pictures"], Picture, Picture._fields),
        _pieces(texts, np.searchsorted(kept, edges)),
        _pieces(found, np.searchsorted(fields, edges)),
        (partial(_all_blocks, segmented, labelled, slice(*span)) for span in pairwise(edges.tolist())),
        strict=True,
    )
    return starmap(Document, columns)


def labelled_rows(labelled: Labelled, labels: Collection[str]) -> Ints:
    """The blocks with one of the labels."""
    return np.flatnonzero(np.isin(labelled.labels, [LABELS.index(label) for label in labels]))


def _all_blocks(segmented: Segmented, labelled: Labelled, span: slice) -> list[Block]:
    blocks = segmented.blocks.select(BLOCK).slice(span.start, span.stop - span.start)
    return _blocks(blocks, labelled.labels[span], labelled.probabilities[span])


def _blocks(blocks: pa.Table, labels: Labels, probabilities: Floats) -> list[Block]:
    ordinals, texts, hrefs, datetimes = (column.to_pylist() for column in blocks.columns)
    names = [LABELS[label] for label in labels.tolist()]
    return list(map(Block, ordinals, texts, names, probabilities.tolist(), hrefs, datetimes))


def _tuples(column: pa.ChunkedArray, kind: Callable[..., Item], names: Sequence[str]) -> Iterator[list[Item]]:
    """The structs of each list, `kind` of their fields."""
    edges = np.cumsum([0, *pc.fill_null(pc.list_value_length(column), 0).to_pylist()])
    flat = pc.list_flatten(column)
    return _pieces(list(map(kind, *(pc.struct_field(flat, name).to_pylist() for name in names))), edges)


def _pieces(values: list[Item], edges: Ints) -> Iterator[list[Item]]:
    """The values from each edge to the next."""
    return (values[low:high] for low, high in pairwise(edges.tolist()))
