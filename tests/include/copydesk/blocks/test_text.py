from __future__ import annotations

import pyarrow as pa
import pytest

from copydesk.blocks.table import BLOCKS
from copydesk.blocks.text import text_blocks


def blocks(*texts: str) -> pa.Table:
    return text_blocks(pa.array(texts, pa.string()), pa.array(range(len(texts)), pa.int32()))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_that_unicode_knows_parts_two_blocks(end: str) -> None:
    assert blocks(f"one{end}two")["text"].to_pylist() == ["one", "two"]


@pytest.mark.parametrize("space", ["\u00a0", "\u1680", "\u2003", "\u202f", "\u205f", "\u3000"])
def test_spaces_of_any_width_part_words_as_they_do_in_pages(space: str) -> None:
    assert blocks(f"one{space}two", "three", f"four\n{space}five{space}{space}six")["text"].to_pylist() == [
        "one two",
        "three",
        "four",
        "five  six",
    ]


def test_blank_lines_are_no_blocks_and_do_not_count() -> None:
    table = blocks("one\n\n \t\u00a0\u200b\ufeff\u3000\n  two  \n")

    assert table["text"].to_pylist() == ["one", "two"]
    assert table["ordinal"].to_pylist() == [0, 1]


def test_ordinals_start_again_with_each_document() -> None:
    table = blocks("a\nb", "", "c")

    assert table["document"].to_pylist() == [0, 0, 2]
    assert table["ordinal"].to_pylist() == [0, 1, 0]


def test_no_text_is_a_table_without_rows_in_the_same_schema() -> None:
    assert blocks().schema == BLOCKS
    assert blocks("", "\n").num_rows == 0
