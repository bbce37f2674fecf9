from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.assembly.edges import Edges, find_edges
from copydesk.blocks.table import BLOCKS
from copydesk.label_names import LABELS

TEXT = "The harbour wall was raised by a metre, and the ferry runs again, as the council had promised in the spring."
Line = tuple[str, str]


class Edge(NamedTuple):
    first: int
    opening: list[str]
    ending: list[str]
    titles: list[str]
    ordinals: list[int]  # of the lines of the opening


def edges(*documents: list[Line]) -> list[Edge]:
    """The edges of documents given as (label, text)."""
    rows = [{"document": at, "ordinal": n, "text": line[1]} for at, lines in enumerate(documents) for n, line in enumerate(lines)]
    labels = np.array([LABELS.index(line[0]) for lines in documents for line in lines], np.int8)
    lengths = np.array([len(row["text"]) for row in rows], int)
    found = find_edges(pa.Table.from_pylist(rows, BLOCKS), labels, np.ones(len(labels), np.float32), lengths, len(documents))
    return [_edge(found, at) for at in range(len(documents))]


def _edge(found: Edges, at: int) -> Edge:
    parts = [lines.take(np.flatnonzero(lines.owner == at)) for lines in (found.opening, found.ending, found.titles)]
    texts = [[block.text for block in part.blocks()] for part in parts]
    return Edge(int(found.first[at]), *texts, parts[0].ordinals.tolist())


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
    assert (found.opening, found.ending) == (["Ferry returns", "Short", TEXT, "One", "Ann Lee", "More"], ["Ann Lee", "More"])


def test_menus_far_above_and_rails_far_below_are_no_part_of_it() -> None:
    menu: list[Line] = [("boilerplate", f"Menu {n}") for n in range(50)]
    rail: list[Line] = [("rail", f"Story {n}") for n in range(50)]

    found = edges([*menu, ("title", "Ferry returns"), ("body", TEXT), *rail])[0]

    assert found.ordinals[:2] == [37, 38]
    assert len(found.opening) == 18
    assert found.ending == [f"Story {number}" for number in range(10)]


def test_documents_do_not_run_into_each_other() -> None:
    first: list[Line] = [("title", "Ferry returns"), ("body", TEXT)]
    bodiless: list[Line] = [("rail", "A"), ("rail", "B")]

    assert [(found.opening, found.ending) for found in edges(first, bodiless, [], first)] == [
        (["Ferry returns", TEXT], []), (["A", "B"], []), ([], []), (["Ferry returns", TEXT], []),
    ]  # fmt: skip


def test_titles_further_up_are_told_apart_from_the_lines_around_the_first_paragraph() -> None:
    menu: list[Line] = [("boilerplate", f"Menu {n}") for n in range(20)]
    near: list[Line] = [("title", "Near"), ("body", TEXT)]

    found = edges([("title", "Far"), *menu, *near], near)

    assert [edge.titles for edge in found] == [["Far"], []]
    assert "Near" in found[0].opening
