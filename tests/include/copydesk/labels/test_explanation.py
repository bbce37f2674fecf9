from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from copydesk.label_names import LABELS
from copydesk.labels.explanation import REASONS, explained, phrase, reasons
from copydesk.labels.labelling import label
from copydesk.labels.networks.bars import Bars


def test_every_block_has_reasons_in_words(labelled, article, page):
    parts, found = labelled(article, page)
    given = reasons(found, np.arange(parts.blocks.num_rows)).to_pylist()
    assert all(1 <= len(words) <= REASONS for words in given)


def test_a_date_line_is_explained_by_its_date(labelled, article):
    _, found = labelled(article)
    assert "a line with a date" in reasons(found, np.array([1]))[0].as_py()


def gains_of(found, rows):
    out = np.zeros((len(rows), len(found.features.names)), np.float32)
    for some, gains in found.model.gains(found.features, found.traces, found.labels, rows):
        out[some] = gains
    return out


def test_only_what_a_block_has_speaks_for_it(labelled, article):
    parts, found = labelled(article)
    gains = gains_of(found, np.arange(parts.blocks.num_rows))
    assert gains.any()
    assert not gains[found.features.matrix == 0].any()


def test_blocks_are_explained_alike_whichever_others_are_asked_for(labelled, article, page, monkeypatch):
    parts, found = labelled(article, page)
    every = np.arange(parts.blocks.num_rows)
    gains, told = gains_of(found, every), reasons(found, every).to_pylist()
    monkeypatch.setattr("copydesk.labels.learned.EXPLAINED", 2)
    some = every[1::3]
    assert np.allclose(gains_of(found, some), gains[some], atol=1e-5)
    assert reasons(found, some).to_pylist() == [told[row] for row in some]


def test_a_block_that_a_rule_marks_is_explained_by_the_rule(segmented, counts, article):
    parts = segmented(article)
    marks = pa.array([None, "promo", *[None] * (parts.blocks.num_rows - 2)], pa.string())
    blocks = parts.blocks.set_column(parts.blocks.schema.get_field_index("mark"), "mark", marks)
    found = label(parts.documents, blocks, counts(parts))
    assert reasons(found, np.array([1])).to_pylist() == [["a rule of the site marks it"]]
    assert LABELS[found.labels[1]] == "promo"


@pytest.mark.parametrize(("bar", "reason"), [(1.0, "less sure than the article"), (0.0, "as doubtful as much of the article")])
def test_a_block_that_another_bar_would_treat_otherwise_says_so_first(labelled, article, bar, reason):
    _, found = labelled(article)
    usual = np.full(len(found.labels), 1 - bar, np.float32)
    given = reasons(found._replace(bars=Bars(np.full_like(usual, bar), usual)), np.arange(len(usual))).to_pylist()
    assert all(words[0].startswith(reason) and 1 <= len(words) <= REASONS for words in given)


def test_the_table_tells_what_is_kept(labelled, article):
    parts, found = labelled(article)
    rows = explained(parts.blocks, found).to_pylist()
    assert [row["kept"] for row in rows] == [False, False, *[True] * 4, *[False] * 5]


def test_every_feature_has_a_phrase_and_no_two_the_same(labelled, article, page):
    _, found = labelled(article, page)
    said = [phrase(name) for name in found.features.names]
    assert len(set(said)) == len(said)
