"""One document with its labelled blocks: what every column of an article is made from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise, repeat
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.blocks.table import Segmented, one_array
from copydesk.fields.claims import Claim
from copydesk.fields.given import GIVEN
from copydesk.label_names import FIELDS, KEPT, LABELS
from copydesk.labels.arrays import Floats, Ints, steps, sums, true_at
from copydesk.labels.decoding import Labels
from copydesk.labels.labelling import Labelled

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
class Columns:
    """All blocks of a document column by column, each made when it is asked for, with their labels as numbers."""

    arrays: Mapping[str, pa.Array]  # of all documents
    span: slice
    labels: Labels
    probabilities: Floats
    has_links: bool  # whether any leads somewhere

    @cached_property
    def texts(self) -> list[str]:
        """What each says."""
        return self._listed("text")

    @property
    def first(self) -> str:
        """What the first says."""
        text: str = self.arrays["text"][self.span.start].as_py()
        return text

    @cached_property
    def hrefs(self) -> list[str | None]:
        """Where each leads to."""
        return self._listed("href") if self.has_links else [None] * len(self.labels)

    @property
    def is_linked(self) -> NDArray[np.bool_]:
        """Whether each leads somewhere."""
        linked: NDArray[np.bool_] = pc.is_valid(self._slice("href")).to_numpy(zero_copy_only=False)
        return linked

    def blocks(self) -> list[Block]:
        """All of them, row by row."""
        ordinals, datetimes = self._listed("ordinal"), self._listed("datetime")
        names = [LABELS[label] for label in self.labels.tolist()]
        return list(map(Block, ordinals, self.texts, names, self.probabilities.tolist(), self.hrefs, datetimes))

    def _listed(self, name: str) -> list[Any]:
        found: list[Any] = self._slice(name).to_pylist()
        return found

    def _slice(self, name: str) -> pa.Array:
        return self.arrays[name].slice(self.span.start, self.span.stop - self.span.start)


@dataclass(frozen=True)
class Document:
    """One document with its labelled blocks and its claims."""

    id: str
    url: str | None  # where it was fetched from
    crawl_date: str | None
    claims: list[Claim]
    pictures: list[Picture]
    paragraphs: list[str]  # texts of the blocks that are kept
    fields: list[Block]  # blocks that are read into fields of their own
    all: Columns

    @cached_property
    def blocks(self) -> list[Block]:
        """All of them, made when they are asked for: most are rails and boilerplate, which few questions are about."""
        return self.all.blocks()

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


def documents_of(segmented: Segmented, labelled: Labelled, paragraphs: pa.ListArray) -> list[Document]:
    """Documents with their labelled blocks; `paragraphs` as below."""
    documents, blocks = segmented.documents, segmented.blocks
    edges = np.searchsorted(blocks["document"].to_numpy(), np.arange(documents.num_rows + 1))
    arrays = {name: one_array(blocks[name]) for name in BLOCK}
    columns = (
        *(documents[name].to_pylist() for name in ("id", "url", "crawl_date")),
        _tuples(documents["claims"], Claim, Claim._fields),
        _tuples(documents["pictures"], Picture, Picture._fields),
        paragraphs.to_pylist(),
        _fields(arrays, labelled, edges),
        _columns(arrays, labelled, edges),
    )
    return list(map(Document, *columns))


class Paragraphs(NamedTuple):
    """The blocks of each document that are kept."""

    texts: pa.ListArray
    labels: pa.ListArray


def paragraphs_of(segmented: Segmented, labelled: Labelled) -> Paragraphs:
    """What is kept of each document."""
    kept, owner = labelled_rows(labelled, KEPT), segmented.blocks["document"].to_numpy()
    texts = one_array(segmented.blocks["text"].take(pa.array(kept)))
    labels = pa.array(LABELS).take(pa.array(labelled.labels[kept]))
    edges = pa.array(np.searchsorted(owner[kept], np.arange(segmented.documents.num_rows + 1)).astype(np.int32))
    return Paragraphs(*(pa.ListArray.from_arrays(edges, values) for values in (texts, labels)))


def bodies_of(paragraphs: pa.ListArray) -> pa.Array:
    """The paragraphs of each document as one text, null where there is none."""
    joined = pc.binary_join(paragraphs, "\n\n")
    return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


def _fields(arrays: Mapping[str, pa.Array], labelled: Labelled, edges: Ints) -> Iterator[list[Block]]:
    """The blocks of each document that are read into fields."""
    rows = labelled_rows(labelled, FIELDS)
    taken = {name: column.take(pa.array(rows)) for name, column in arrays.items()}
    found = Columns(taken, slice(0, len(rows)), labelled.labels[rows], labelled.probabilities[rows], has_links=True)
    return pieces(found.blocks(), np.searchsorted(rows, edges))


def _columns(arrays: Mapping[str, pa.Array], labelled: Labelled, edges: Ints) -> Iterator[Columns]:
    """All blocks of each document."""
    is_link = pc.is_valid(arrays["href"]).to_numpy(zero_copy_only=False)
    has_links = (steps(sums(is_link)[edges]) > 0).tolist()
    for has, (low, high) in zip(has_links, pairwise(edges.tolist()), strict=True):
        span = slice(low, high)
        yield Columns(arrays, span, labelled.labels[span], labelled.probabilities[span], has)


def labelled_rows(labelled: Labelled, labels: Collection[str]) -> Ints:
    """The blocks with one of the labels."""
    return true_at(_among(frozenset(labels))[labelled.labels])


@cache
def _among(labels: frozenset[str]) -> NDArray[np.bool_]:
    """For each label whether it is one of these; to ask numpy anew takes 12 µs, four times a call."""
    return np.isin(LABELS, list(labels))


def _tuples(column: pa.ChunkedArray, kind: Callable[..., Item], names: Sequence[str]) -> Iterator[list[Item]]:
    """The structs of each list, `kind` of their fields."""
    flat = pc.list_flatten(column)
    if not len(flat):  # of texts
        return repeat([], len(column))
    edges = np.cumsum([0, *pc.fill_null(pc.list_value_length(column), 0).to_pylist()])
    return pieces(list(map(kind, *(pc.struct_field(flat, name).to_pylist() for name in names))), edges)


def pieces(values: list[Item], edges: Ints) -> Iterator[list[Item]]:
    """The values from each edge to the next."""
    return (values[low:high] for low, high in pairwise(edges.tolist()))
