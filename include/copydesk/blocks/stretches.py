"""Stretches of the bytes of many pages, as arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]


def cut(content: pa.Buffer, starts: Numbers, ends: Numbers) -> pa.StringArray:
    """The stretches of `content`, which stand one behind the other."""
    if not len(starts):
        return pa.array([], pa.string())
    edges = np.stack([starts, ends], axis=1).astype(np.int32).ravel()
    parts = pa.StringArray.from_buffers(len(edges) - 1, pa.py_buffer(edges), content)
    return parts.take(pa.array(np.arange(0, len(edges), 2)))
