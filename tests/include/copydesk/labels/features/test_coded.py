from __future__ import annotations

import numpy as np
import pyarrow as pa

from copydesk.labels.features.coded import Coded


def test_what_is_told_of_a_value_is_told_of_every_block_that_has_it() -> None:
    coded = Coded.of(pa.chunked_array([["body div", None, "body ul", "body div"]]))

    assert coded.values.to_pylist() == ["body div", "body ul"]
    assert coded.told(np.array([1, 2]), 0).tolist() == [1, 0, 2, 1]
