from __future__ import annotations

import numpy as np
import pytest

from copydesk.labels.features.columns import Columns


def test_two_columns_of_one_name_are_refused() -> None:
    columns = Columns(2)
    columns.add({"is_short": np.zeros(2, np.float32)})
    columns.add({"is_long": np.ones(2, np.float32)})
    for add in (lambda name: columns.add({name: np.ones(2, np.float32)}), lambda name: columns.leave([name])):
        with pytest.raises(ValueError, match="called is_short"):
            add("is_short")
    assert list(columns) == ["is_short", "is_long"]
    assert columns["is_short"].tolist() == [0, 0]


def test_columns_lie_side_by_side_in_the_order_in_which_they_came() -> None:
    columns = Columns(3)
    columns.spread({"chars": np.array([5, 7], np.float32), "words": np.array([1, 2], np.float32)}, np.array([1, 0, 1]))
    columns.leave(["in_nav"])
    columns.add({"near": np.array([1, 0, 1], np.float32)})
    assert columns["chars"].tolist() == [7, 5, 7]
    assert columns.matrix(1).tolist() == [[2, 0, 1], [1, 0, 0], [2, 0, 1]]
