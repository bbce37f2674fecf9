from __future__ import annotations

import numpy as np
import pyarrow as pa

from copydesk.blocks.segment import segment
from copydesk.labels.repetition import LINES, Counts, add_up, common, count_lines, group_sizes, line_hashes, repetition
from copydesk.records import Origin, Record

RAIL = "More local news"


def parts(*texts: str, group: str | None = "courier"):
    records = [Record(text.encode(), "text/plain", Origin(str(i)), id=str(i)) for i, text in enumerate(texts)]
    return segment(records, max_depth=10, group=group)


def shares(found, counts: pa.Table) -> list[float]:
    return np.round(repetition(found.documents, found.blocks, Counts.of([counts]), line_hashes(found.blocks["text"])), 2).tolist()


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


def test_hosts_are_counted_apart_whichever_table_they_stand_in():
    courier, herald = parts(*[RAIL] * 3, group="courier"), parts(*[RAIL] * 4, "One", group="herald")
    tables = [add_up([count_lines(found.documents, found.blocks)]) for found in (courier, herald)]
    both = Counts.of(tables)
    assert repetition(courier.documents, courier.blocks, both, line_hashes(courier.blocks["text"])).tolist() == [1, 1, 1]
    assert repetition(herald.documents, herald.blocks, both, line_hashes(herald.blocks["text"])).tolist() == [0.75] * 4 + [0]


def test_of_a_huge_dump_a_line_is_kept_that_stands_in_one_document_of_a_hundred_thousand():
    columns = {"group": ["wire"] * 4, "line": [0, 1, 2, 3], "documents": [1_000_001, 10, 11, 500]}
    total = pa.table(columns, LINES)
    assert common(total, group_sizes(total))["line"].to_pylist() == [0, 2, 3]


def test_of_any_other_dump_every_line_is_kept_that_stands_twice():
    total = pa.table({"group": ["day", "day"], "line": [0, 1], "documents": [100_001, 2]}, LINES)
    assert common(total, group_sizes(total)).equals(total)
