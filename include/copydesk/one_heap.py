"""Arrow's arrays and NumPy's from one heap, while a batch of documents is worked on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar

import pyarrow as pa

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class OneHeap:
    """Where Arrow takes its memory is a matter of the whole process: the first to come sets it, the last to go gives back what was.

    Arrow's own allocator gives the memory of each call back to the system, and takes none that NumPy has given back: some 40 pages a
    text are cleared anew, a tenth of its time.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._before = pa.default_memory_pool()

    def __call__(self, function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        """The same function, during which all arrays come from the heap of the C library."""

        @wraps(function)
        def held(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
            with self._lock:
                if not self._inside:
                    self._before = pa.default_memory_pool()
                    pa.set_memory_pool(pa.system_memory_pool())
                self._inside += 1
            try:
                return function(*args, **kwargs)
            finally:
                with self._lock:
                    self._inside -= 1
                    if not self._inside:
                        pa.set_memory_pool(self._before)

        return held


in_one_heap = OneHeap()
