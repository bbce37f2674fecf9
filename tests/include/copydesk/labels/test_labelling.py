from __future__ import annotations

import numpy as np

from copydesk.labels.labelling import label
from copydesk.labels.names import KEPT, LABELS


def names(found) -> list[str]:
    return [LABELS[i] for i in found.labels]


def test_a_text_is_told_apart_line_by_line(labelled, article):
    _, found = labelled(article)
    assert names(found) == ["title", "date", *["body"] * 4, "byline", *["rail"] * 4]


def test_a_page_keeps_its_paragraphs_and_neither_menu_nor_comments(labelled, page):
    parts, found = labelled(page)
    kept = [text for text, i in zip(parts.blocks["text"].to_pylist(), found.labels, strict=True) if LABELS[i] in KEPT]
    assert kept[0].startswith("The harbour wall")
    assert kept[-1].startswith("Anglers")
    assert len(kept) == 4


def test_probabilities_are_those_of_the_label(labelled, article, page):
    _, found = labelled(article, page)
    assert np.all((found.probabilities > 0) & (found.probabilities <= 1))


def test_a_document_is_labelled_the_same_in_any_company(labelled, article, page):
    alone = labelled(article)[1]
    together = labelled(page, article)[1]
    assert together.labels[-len(alone.labels) :].tolist() == alone.labels.tolist()


def test_no_documents_have_no_labels(segmented, counts):
    parts = segmented()
    assert len(label(parts.documents, parts.blocks, counts(parts)).labels) == 0
