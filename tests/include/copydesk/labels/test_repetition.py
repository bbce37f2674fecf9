from __future__ import annotations

import numpy as np
import pyarrow as pa

from copydesk.blocks.segment import segment
from copydesk.labels.repetition import add_up, count_lines, repetition
from copydesk.records import Origin, Record

RAIL = "More local news"


def parts(*texts: str, group: str | None = "courier"):
    records = [Record(text.encode(), "text/plain", Origin(str(i)), id=str(i)) for i, text in enumerate(texts)]
    return segment(records, max_depth=10, group=group)


def shares(found, counts: pa.Table) -> list[float]:
    return np.round(repetition(found.documents, found.blocks, counts), 2).tolist()


def test_a_line_counts_once_a_document_whatever_its_case():
    found = parts(f"{RAIL}\n{RAIL}\nOne", f"{RAIL.upper()}\nTwo", "Three")
    counts = add_up([count_lines(found.documents, found.blocks)])
    assert shares(found, counts) == [0.5, 0.5, 0, 0.5, 0, 0]


def test_shards_add_up_to_what_they_are_together():
    texts = [f"{RAIL}\nStory {n}" for n in range(4)]
    whole = parts(*texts)
    halves = [parts(*texts[:2]), parts(*texts[2:])]
    together = add_up([count_lines(whole.documents, whole.blocks)])
    assert add_up([count_lines(half.documents, half.blocks) for half in halves]).equals(together)
    assert shares(halves[0], together) == [1, 0, 1, 0]


def test_lines_shared_by_two_documents_prove_nothing():
    found = parts(RAIL, RAIL)
    assert shares(found, add_up([count_lines(found.documents, found.blocks)])) == [0, 0]


def test_a_group_that_was_not_counted_repeats_nothing():
    found, other = parts(*[RAIL] * 3), parts(*[RAIL] * 3, group="herald")
    assert shares(found, add_up([count_lines(other.documents, other.blocks)])) == [0, 0, 0]


def test_nothing_is_counted_where_there_are_no_documents():
    found = parts()
    assert count_lines(found.documents, found.blocks).num_rows == 0
    assert shares(found, add_up([])) == []
