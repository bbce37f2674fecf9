from __future__ import annotations

import pyarrow as pa
import pytest

from copydesk.blocks.table import array_of, one_array


@pytest.mark.parametrize("kind", [pa.string(), pa.list_(pa.string()), pa.timestamp("us", "UTC")])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_of_nothing_but_none_is_a_column_of_nulls(kind: pa.DataType, count: int) -> None:
    assert array_of([None] * count, kind).equals(pa.array([None] * count, kind))


def test_what_else_is_in_a_list_is_read_value_by_value() -> None:
    assert array_of([None, "a"], pa.string()).to_pylist() == [None, "a"]


@pytest.mark.parametrize("pieces", [[], [["a"]], [["a"], ["b", None]]])
def test_a_column_is_the_same_in_one_piece(pieces: list[list[str | None]]) -> None:
    column = pa.chunked_array(pieces, pa.string())
    assert one_array(column).to_pylist() == column.to_pylist()
