"""Matrices are multiplied on one thread: as small as they are, two take 2.6 times the processor time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

from threadpoolctl import LibController, ThreadpoolController


class OneThread:
    """How many threads there are is a matter of the whole process: the first to come sets it, the last to go gives back what was."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._before: list[int] = []

    @contextmanager
    def held(self) -> Iterator[None]:
        """One thread, for as long as anybody is in here."""
        with self._lock:
            if not self._inside:
                self._before = [library.num_threads for library in _multiplying()]
                _set([1] * len(self._before))
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1
                if not self._inside:
                    _set(self._before)


ONE_THREAD = OneThread()


def _set(threads: list[int]) -> None:
    for library, count in zip(_multiplying(), threads, strict=True):
        library.set_num_threads(count)


@cache
def _multiplying() -> list[LibController]:
    """What numpy has matrices multiplied by; to find it takes some milliseconds, and to ask for all that is known of it 15 µs."""
    return list(ThreadpoolController().select(user_api="blas").lib_controllers)
