"""The blocks among which the rules look, each beside those around it."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

from copydesk.fields.matching import Flags
from copydesk.labels.arrays import Ints


class Around(NamedTuple):
    """Blocks of documents in order, and what is known of each."""

    texts: pa.ChunkedArray
    lengths: Ints  # characters
    owner: Ints
    signs: Flags  # which are bylines
    sentences: Flags  # which end as sentences do
    opens: Flags  # which are worded as what opens a rail
