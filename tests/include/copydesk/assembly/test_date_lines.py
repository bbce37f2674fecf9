from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given
from hypothesis import strategies as st

from copydesk.assembly.date_lines import HAS_YEAR, MAY_HAVE_YEAR, find_dated
from copydesk.blocks.table import BLOCKS
from copydesk.label_names import LABELS

TEXT = "The harbour wall was raised by a metre, and the ferry runs again, as the council had promised in the spring."
Line = tuple[str, str] | tuple[str, str, str]


def dated(*documents: list[Line]) -> list[list[str]]:
    """The dated lines of documents given as (label, text, datetime of a time element)."""
    rows = [
        {"document": at, "ordinal": ordinal, "text": line[1], "datetime": line[2] if len(line) > 2 else None}
        for at, lines in enumerate(documents)
        for ordinal, line in enumerate(lines)
    ]
    blocks = pa.Table.from_pylist(rows, BLOCKS)
    labels = np.array([LABELS.index(line[0]) for lines in documents for line in lines], np.int8)
    lengths = np.array([len(row["text"]) for row in rows], int)
    has_figures = np.array([any(map(str.isnumeric, row["text"])) for row in rows], bool)
    return [[line.text for line in lines] for lines in find_dated(blocks, labels, lengths, has_figures, len(documents))]


def test_the_line_under_the_headline_comes_before_the_day_of_the_masthead() -> None:
    page: list[Line] = [
        ("date", "Friday, 9 February 2024"), ("rail", "News"), ("rail", "Sport"), ("title", "Ferry returns"), ("byline", "By Ann Lee"),
        ("date", "7 February 2024"), ("body", TEXT),
    ]  # fmt: skip

    assert dated(page) == [["7 February 2024", "Friday, 9 February 2024"]]


def test_a_short_line_about_the_headline_is_dated_whatever_its_label() -> None:
    page: list[Line] = [("boilerplate", "7 Feb 2024"), ("title", "Ferry returns"), ("rail", "Ann LeeFeb 8, 2024"), ("body", TEXT)]

    assert dated(page) == [["Ann LeeFeb 8, 2024", "7 Feb 2024"]]


def test_dates_of_other_stories_and_quoted_posts_are_left_out() -> None:
    rail: list[Line] = [("rail", "A story"), ("date", "1 January 2023")] * 20
    page: list[Line] = [
        ("title", "Ferry returns"), ("date", "7 February 2024"), ("body", TEXT), ("date", "— Ann (@annlee) February 6, 2024"),
        ("boilerplate", "© 2024 Harbour Courier, 7 Quay"), *rail,
    ]  # fmt: skip

    assert dated(page)[0][0] == "7 February 2024"
    assert not {"— Ann (@annlee) February 6, 2024", "© 2024 Harbour Courier, 7 Quay"} & set(dated(page)[0])
    assert dated(page)[0].count("1 January 2023") < 10


def test_a_line_that_says_published_is_found_at_the_foot_too() -> None:
    page: list[Line] = [("title", "Ferry returns"), *[("body", TEXT)] * 30, ("boilerplate", "First published: 7 February 2024")]

    assert dated(page) == [["First published: 7 February 2024"]]


def test_a_line_below_the_headline_may_count_back_whatever_its_label() -> None:
    page: list[Line] = [
        ("boilerplate", "5 minutes ago"), ("title", "Ferry returns"), ("boilerplate", "3 hours ago"), ("body", TEXT),
        *[("rail", "A story")] * 6, ("rail", "2 hours ago"),
    ]  # fmt: skip

    assert dated(page) == [["3 hours ago"]]


def test_the_number_of_an_issue_is_no_year() -> None:
    page: list[Line] = [
        ("boilerplate", "7 Feb 2024"), *[("rail", "A story")] * 10, ("title", "Ferry returns"),
        ("boilerplate", "A version of this story appeared in Vol 382, Issue 6677"), ("body", TEXT),
    ]  # fmt: skip

    assert dated(page) == [["7 Feb 2024"]]


def test_a_time_element_dates_a_line_that_has_none_to_read() -> None:
    assert dated([("title", "Ferry returns"), ("boilerplate", "Today", "2024-02-07"), ("body", TEXT)]) == [["Today"]]


def test_each_document_has_its_own_lines() -> None:
    first: list[Line] = [("title", "Ferry returns"), ("date", "7 February 2024"), ("body", TEXT)]
    last: list[Line] = [("body", TEXT), ("date", "2 hours ago")]

    assert dated(first, [], [("boilerplate", "Nothing")], last) == [["7 February 2024"], [], [], ["2 hours ago"]]
    assert dated() == []


@given(st.from_regex(HAS_YEAR))
def test_a_line_that_is_not_asked_has_no_year(line: str) -> None:
    assert re.search(MAY_HAVE_YEAR.replace("figure", r"\d"), line)
    assert pc.match_substring_regex(pa.array([line]), MAY_HAVE_YEAR.replace("figure", r"\p{Nd}"))[0].as_py()
