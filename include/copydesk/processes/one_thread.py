"""Matrices are multiplied on one thread: as small as they are, two take 2.6 times the processor time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import LibController, ThreadpoolController

from copydesk.processes.held_setting import HeldSetting


@contextmanager
def _one_thread() -> Iterator[None]:
    before = [library.num_threads for library in _multiplying()]
    _set([1] * len(before))
    try:
        yield
    finally:
        _set(before)


ONE_THREAD = HeldSetting(_one_thread)


def _set(threads: list[int]) -> None:
    for library, count in zip(_multiplying(), threads, strict=True):
        library.set_num_threads(count)


@cache
def _multiplying() -> list[LibController]:
    """What numpy has matrices multiplied by; to find it takes some milliseconds, and to ask for all that is known of it 15 µs."""
    return list(ThreadpoolController().select(user_api="blas").lib_controllers)
