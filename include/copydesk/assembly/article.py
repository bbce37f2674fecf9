"""Labelled blocks → articles: one row a document, its columns from the modules beside this one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly.address import own_address
from copydesk.assembly.date_lines import dated_lines
from copydesk.assembly.document import Document, Origination, bodies_of, documents_of, labelled_rows, paragraphs_of
from copydesk.assembly.edges import edges_of
from copydesk.assembly.headline import standfirst, titles
from copydesk.assembly.kinds.barring import barring, have_more
from copydesk.assembly.kinds.kind import Kind, kind
from copydesk.assembly.pictures import images
from copydesk.assembly.rails.column import rails
from copydesk.assembly.signature import Signature, signature
from copydesk.assembly.signature_lines import near_texts
from copydesk.assembly.site_rules import ruled
from copydesk.assembly.times import crawl_of, time_columns, times_of
from copydesk.assembly.topics import Topics, topics
from copydesk.blocks.table import Segmented, array_of, one_array
from copydesk.fields.given import ITEM, VERSION
from copydesk.fields.identity import article_id, fingerprint, item_id
from copydesk.fields.language import SAMPLE_CHARS, detect_language
from copydesk.fields.urls import canonical
from copydesk.fields.words import count_words
from copydesk.label_names import KEPT
from copydesk.labels.arrays import Floats, Ints, steps, sums
from copydesk.labels.labelling import Labelled
from copydesk.processes.collector import without_collection
from copydesk.schema import CLEAN, ORIGIN_COLUMNS

SCHEMA = CLEAN.schema  # made anew at every look
COLUMNS = dict(zip(SCHEMA.names, SCHEMA.types, strict=True))  # so are these
Table = dict[str, Any]  # columns by name, a value a document


@without_collection
def assemble(segmented: Segmented, labelled: Labelled, origin: Origination) -> pa.Table:
    """One row per document, in order, in the schema of `clean`; a document without a body has null there."""
    paragraphs, labels = paragraphs_of(segmented, labelled)
    documents, words = documents_of(segmented, labelled, paragraphs), _words(paragraphs)
    told, more = _told(documents, segmented, labelled, origin), have_more(segmented, labelled)
    bars = barring(documents, segmented, labelled, words, more)
    columns = {
        **{column.name: one_array(segmented.documents[column.name]) for column in ORIGIN_COLUMNS},
        **told,
        "paragraphs": paragraphs,
        "paragraph_labels": labels,
        **_read(documents, told, bodies_of(paragraphs)),
        **_identity(documents, told, origin),
        **_by_field(Kind, map(kind, documents, told["title"], words.tolist(), bars, more.tolist())),
        "images": list(map(images, documents)),
        "rails": rails(segmented, labelled),
        "label_confidence": _confidence(segmented, labelled),
        "word_count": words,
    }
    return pa.table([array_of(columns[name], kind) for name, kind in COLUMNS.items()], schema=SCHEMA)


def _told(documents: Sequence[Document], segmented: Segmented, labelled: Labelled, origin: Origination) -> Table:
    """What pages tell of their articles; a rule of the site has the last word."""
    edges = edges_of(segmented, labelled)
    headings = titles(documents, edges)
    times = [times_of(*found, origin) for found in zip(documents, dated_lines(segmented, labelled), strict=True)]
    told = {
        "title": headings,
        "standfirst": list(map(standfirst, documents, headings)),
        **_by_field(Signature, map(signature, documents, near_texts(edges, headings))),
        **_by_field(Topics, map(topics, documents)),
        **time_columns(times, origin.zone),
    }
    for at, document in ((at, document) for at, document in enumerate(documents) if document.claims):
        for name, value in ruled(document, origin).items():
            told[name][at] = value
    return told


def _read(documents: Sequence[Document], told: Table, bodies: pa.Array) -> Table:
    """The texts, and what is read in them."""
    openings = pc.utf8_slice_codeunits(bodies, 0, SAMPLE_CHARS).to_pylist()
    contents = bodies.view(pa.binary()).to_pylist()
    read = zip(told["title"], openings, documents, strict=True)
    return {
        "body": bodies,
        "language": [detect_language(title, opening or "", document.given("language")) for title, opening, document in read],
        "fingerprint": list(map(fingerprint, told["title"], told["standfirst"], contents)),
    }


def _identity(documents: Sequence[Document], told: Table, origin: Origination) -> Table:
    """Which articles they are: where they stand, and since when."""
    addresses = [own_address(document) or canonical(document.url) for document in documents]
    crawled = map(crawl_of, documents)
    named = zip(addresses, documents, told["title"], told["published_at"], strict=True)
    return {
        "article_id": [_id_of(one, address, title, at, origin.source) for address, one, title, at in named],
        "url": [document.url for document in documents],
        "canonical_url": addresses,
        "crawled_at": [moment and moment.at for moment in crawled],
        "item_version": list(map(_item_version, documents)),
    }


def _id_of(document: Document, address: str | None, title: str | None, at: datetime | None, source: str) -> str:
    """An agency's item is told by its name, anything else by where it stands."""
    item = next(iter(document.given(ITEM)), None) if document.claims else None
    return item_id(source, item) if item else article_id(source, address, document.id, title, at)


def _item_version(document: Document) -> int | None:
    """The number that its agency gives to this version."""
    given = next(iter(document.given(VERSION)), None) if document.claims else None
    return None if given is None else int(given)


def _by_field(kind: type[NamedTuple], rows: Iterable[tuple[Any, ...]]) -> Table:
    """A column for each field of the tuples."""
    found = list(rows)
    return {name: [row[place] for row in found] for place, name in enumerate(kind._fields)}


def _words(paragraphs: pa.ListArray) -> Ints:
    """How many words the paragraphs of each document have."""
    return steps(sums(count_words(paragraphs.values))[paragraphs.offsets.to_numpy()])


def _confidence(segmented: Segmented, labelled: Labelled) -> Floats:
    """Mean probability of the blocks kept, for each document."""
    kept = labelled_rows(labelled, KEPT)
    owner, count = segmented.blocks["document"].to_numpy()[kept], segmented.documents.num_rows
    total = np.bincount(owner, labelled.probabilities[kept], count)
    return (total / np.maximum(np.bincount(owner, minlength=count), 1)).astype(np.float32)
