from __future__ import annotations

import numpy as np

from copydesk.assembly.document import Document, documents_of, paragraphs_of
from copydesk.blocks.segment import segment
from copydesk.label_names import LABELS
from copydesk.labels.labelling import label
from copydesk.labels.repetition import counts_of
from copydesk.records import Origin, Record

LINES = [
    ("title", "Ferry returns"),
    ("caption", "The ferry"),
    ("caption", "Ann Lee"),
    ("body", "It sails."),
    ("caption", "The crew"),
]


def documents(*pages: list[tuple[str, str]]) -> list[Document]:
    """Documents of texts given as lines of (label, text)."""
    records = [
        Record(
            "\n".join(text for _, text in page).encode(),
            "text/plain",
            Origin(str(n)),
            given={"title": "Given", "author": "Bo Ek"},
        )
        for n, page in enumerate(pages)
    ]
    labels = np.array([LABELS.index(name) for page in pages for name, _ in page], np.int8)
    part = segment(records, 512)
    found = label(part.documents, part.blocks, counts_of([part]))
    labelled = found._replace(labels=labels)
    return documents_of(part, labelled, paragraphs_of(part, labelled).texts)


def test_blocks_are_asked_for_by_their_labels_in_order() -> None:
    document = documents(LINES)[0]

    assert document.paragraphs == ["It sails."]
    assert document.lines("caption", "title") == ["Ferry returns", "The ferry", "Ann Lee", "The crew"]
    assert document.lines("body", "title") == ["Ferry returns", "It sails."]


def test_a_run_ends_where_a_block_of_another_label_stands() -> None:
    document = documents(LINES)[0]

    assert [[b.text for b in run] for run in document.runs("caption")] == [["The ferry", "Ann Lee"], ["The crew"]]
    assert list(document.runs("date")) == []


def test_each_document_has_its_own_blocks_and_claims() -> None:
    first, last = documents(LINES, [("rail", "More"), ("body", "Another.")])

    assert [b.text for b in last.blocks] == ["More", "Another."]
    assert [b.ordinal for b in last.blocks] == [0, 1]
    assert (first.claimed("title"), last.claimed("author"), last.claimed("section")) == (["Given"], ["Bo Ek"], [])
