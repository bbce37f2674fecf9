"""How the processes of a run keep memory: what one batch has given back is what the next one takes."""

from __future__ import annotations

import ctypes
import os

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # as <malloc.h> of the GNU library numbers them
KEPT_BYTES = 128 << 20
LARGE_BYTES = 32 << 20


def reuse_memory() -> None:
    """For a process of our own that takes and frees the same few hundred megabytes again and again.

    Else each large array is a mapping, whose every page the system clears anew, and Arrow has an allocator of its own that takes no memory
    which NumPy has given back: together a tenth of the time of a run. Another C library than GNU's is left as it is.
    To be called before Arrow is loaded, which reads then where all of it takes its memory.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is None or not set_option(MMAP_THRESHOLD, LARGE_BYTES):
        return
    set_option(TRIM_THRESHOLD, KEPT_BYTES)
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
