"""Labelled blocks → articles: one row a document, its columns from the modules beside this one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.assembly.address import own_address
from copydesk.assembly.dated import Dated, dated_lines
from copydesk.assembly.document import Document, Origination, documents_of, labelled_rows
from copydesk.assembly.edges import Edges, edges_of
from copydesk.assembly.headline import headline
from copydesk.assembly.kind import barring, kind
from copydesk.assembly.pictures import images
from copydesk.assembly.rails import rails
from copydesk.assembly.ruled import ruled
from copydesk.assembly.signature import signature
from copydesk.assembly.times import crawl_of, time_columns, times_of
from copydesk.assembly.topics import topics
from copydesk.blocks.table import Segmented
from copydesk.collector import without_collection
from copydesk.fields.identity import article_id, fingerprint
from copydesk.fields.language import detect_language
from copydesk.fields.urls import canonical
from copydesk.fields.words import count_words
from copydesk.label_names import KEPT
from copydesk.labels.arrays import Floats, Ints
from copydesk.labels.labelling import Labelled
from copydesk.schema import CLEAN, ORIGIN_COLUMNS

SCHEMA = CLEAN.schema  # made anew at every look


class Evidence(NamedTuple):
    """What an article is made from."""

    document: Document
    edges: Edges
    dated: Sequence[Dated]
    barring: Sequence[str]  # lines that may withhold the rest
    words: int  # of the body


@without_collection
def assemble(segmented: Segmented, labelled: Labelled, origin: Origination) -> pa.Table:
    """One row per document, in order, in the schema of `clean`; a document without a body has null there."""
    words = _words(segmented, labelled)
    columns = edges_of(segmented, labelled), dated_lines(segmented, labelled), barring(segmented, labelled, words)
    found = zip(documents_of(segmented, labelled), *columns, words.tolist(), strict=True)
    rows = [_article(Evidence(*parts), origin) for parts in found]
    whole = {"rails": rails(segmented, labelled), "label_confidence": _confidence(segmented, labelled), "word_count": words}
    values = (whole[name] if name in whole else [row[name] for row in rows] for name in SCHEMA.names)
    return pa.table(list(map(pa.array, values, SCHEMA.types)), schema=SCHEMA)


def _article(evidence: Evidence, origin: Origination) -> dict[str, Any]:
    """The columns that are made document by document."""
    document, paragraphs = evidence.document, evidence.document.paragraphs
    body = "\n\n".join(paragraphs) or None
    stated = own_address(document) or canonical(document.url)
    told = _told(evidence, origin)
    crawled = crawl_of(document)
    title = told["title"]
    return {
        "article_id": article_id(origin.source, stated, document.row["id"], title, told["published_at"]),
        "url": document.url,
        "canonical_url": stated,
        **told,
        "crawled_at": crawled.at if crawled else None,
        "body": body,
        "paragraphs": paragraphs,
        "language": detect_language(title, body or "", document.given("language")),
        "images": images(document),
        **kind(document, evidence.words, evidence.barring),
        "fingerprint": fingerprint(title, told["standfirst"], body),
        **{column.name: document.row[column.name] for column in ORIGIN_COLUMNS},
    }


def _told(evidence: Evidence, origin: Origination) -> dict[str, Any]:
    """What the page tells of the article; a rule of the site has the last word."""
    document, edges, dated, *_ = evidence
    above = headline(document, edges)
    return {
        **above,
        **signature(document, edges, above["title"]),
        **topics(document),
        **time_columns(times_of(document, dated, origin)),
        **ruled(document, origin),
    }


def _words(segmented: Segmented, labelled: Labelled) -> Ints:
    """How many words the blocks kept have, for each document."""
    kept, owner = labelled_rows(labelled, KEPT), segmented.blocks["document"].to_numpy()
    words = count_words(segmented.blocks["text"].take(pa.array(kept)).combine_chunks())
    return np.bincount(owner[kept], words, segmented.documents.num_rows).astype(np.int64)


def _confidence(segmented: Segmented, labelled: Labelled) -> Floats:
    """Mean probability of the blocks kept, for each document."""
    kept = labelled_rows(labelled, KEPT)
    owner, count = segmented.blocks["document"].to_numpy()[kept], segmented.documents.num_rows
    total = np.bincount(owner, labelled.probabilities[kept], count)
    return (total / np.maximum(np.bincount(owner, minlength=count), 1)).astype(np.float32)
