from __future__ import annotations

import numpy as np
import pytest

from copydesk.labels import features


def test_two_features_of_one_name_are_refused() -> None:
    columns = {"is_short": np.zeros(2, np.float32)}
    features._add(columns, {"is_long": np.ones(2, np.float32)})
    assert list(columns) == ["is_short", "is_long"]
    with pytest.raises(ValueError, match="called is_short"):
        features._add(columns, {"is_short": np.ones(2, np.float32)})
    assert columns["is_short"].tolist() == [0, 0]
