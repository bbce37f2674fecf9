from __future__ import annotations

import numpy as np
import pyarrow as pa

from copydesk.assembly.edges import Edges, find_edges
from copydesk.blocks.table import BLOCKS
from copydesk.label_names import LABELS

TEXT = "The harbour wall was raised by a metre, and the ferry runs again, as the council had promised in the spring."
Line = tuple[str, str]


def edges(*documents: list[Line]) -> list[Edges]:
    """The edges of documents given as (label, text)."""
    rows = [{"document": at, "ordinal": n, "text": line[1]} for at, lines in enumerate(documents) for n, line in enumerate(lines)]
    labels = np.array([LABELS.index(line[0]) for lines in documents for line in lines], np.int8)
    return list(find_edges(pa.Table.from_pylist(rows, BLOCKS), labels, np.ones(len(labels), np.float32), len(documents)))


def texts(found: Edges) -> tuple[list[str], list[str]]:
    return [b.text for b in found.opening], [b.text for b in found.ending]


def test_a_text_begins_at_its_first_paragraph_and_ends_behind_its_last_line() -> None:
    page: list[Line] = [
        ("title", "Ferry returns"),
        ("body", "Short"),
        ("body", TEXT),
        ("list", "One"),
        ("byline", "Ann Lee"),
        ("rail", "More"),
    ]

    found = edges(page)[0]

    assert found.first == 2
    assert texts(found) == (["Ferry returns", "Short", TEXT, "One", "Ann Lee", "More"], ["Ann Lee", "More"])


def test_menus_far_above_and_rails_far_below_are_no_part_of_it() -> None:
    menu: list[Line] = [("boilerplate", f"Menu {n}") for n in range(50)]
    rail: list[Line] = [("rail", f"Story {n}") for n in range(50)]

    found = edges([*menu, ("title", "Ferry returns"), ("body", TEXT), *rail])[0]

    assert [b.ordinal for b in found.opening][:2] == [37, 38]
    assert len(found.opening) == 18
    assert [b.text for b in found.ending] == [f"Story {number}" for number in range(10)]


def test_documents_do_not_run_into_each_other() -> None:
    first: list[Line] = [("title", "Ferry returns"), ("body", TEXT)]
    bodiless: list[Line] = [("rail", "A"), ("rail", "B")]

    assert [texts(found) for found in edges(first, bodiless, [], first)] == [
        (["Ferry returns", TEXT], []), (["A", "B"], []), ([], []), (["Ferry returns", TEXT], []),
    ]  # fmt: skip
