"""Arrow's arrays and NumPy's from one heap, while a batch of documents is worked on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

from copydesk.processes.held_setting import HeldSetting


@contextmanager
def _of_c_library() -> Iterator[None]:
    """Arrow's own allocator gives the memory of each call back to the system, and takes none that NumPy has given back.

    Some 40 pages of memory a text are cleared anew by that, a tenth of its time.
    """
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


ONE_HEAP = HeldSetting(_of_c_library)
