from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from copydesk.label_names import KEPT, LABELS
from copydesk.labels.features.matrix import is_markup
from copydesk.labels.labelling import label
from copydesk.labels.networks.hand_set import load_hand_set
from copydesk.labels.networks.inputs import opinion


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
    chances, _ = found.model.judge(found.features, opinion(load_hand_set(), found.features), found.blocks, explains=False)
    assert np.allclose(chances.sum(axis=1), 1)
    assert found.probabilities.tolist() == chances[np.arange(len(chances)), found.labels].tolist()


def test_a_document_is_labelled_the_same_in_any_company(labelled, article, page):
    alone = labelled(article)[1]
    together = labelled(page, article)[1]
    assert together.labels[-len(alone.labels) :].tolist() == alone.labels.tolist()


@pytest.mark.parametrize("first", ["article", "page"])
def test_a_document_is_judged_alone_as_among_others_to_the_last_bit(segmented, counts, request, first):
    contents = {name: request.getfixturevalue(name) for name in ("article", "page")}
    others = [text.replace("Wrenmouth", place) for place in ("Ostwick", "Tarn", "Calder") for text in contents.values()]
    several, one = segmented(contents[first], *others), segmented(contents[first])
    known = counts(several)
    among, alone = (label(parts.documents, parts.blocks, known).probabilities for parts in (several, one))
    assert among[: len(alone)].tolist() == alone.tolist()


def test_what_only_pages_have_is_zero_in_texts_and_left_out_of_their_products(labelled, article, page):
    of_text, of_page = labelled(article)[1].features, labelled(page)[1].features
    markup = is_markup(of_text.names)
    assert 40 < markup.sum() < len(markup) / 2
    assert not of_text.matrix[:, markup].any()
    assert of_page.matrix[:, markup].any()
    assert (of_text.has_pages, of_page.has_pages) == (False, True)


def test_no_documents_have_no_labels(segmented, counts):
    parts = segmented()
    assert len(label(parts.documents, parts.blocks, counts(parts)).labels) == 0


def test_who_multiplies_on_several_threads_does_so_again_afterwards(labelled, article):
    with threadpool_limits(2, "blas"):
        before = [library["num_threads"] for library in threadpool_info()]
        labelled(article)
        assert [library["num_threads"] for library in threadpool_info()] == before
