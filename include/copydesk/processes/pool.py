"""Calls side by side in processes, for what runs without Airflow."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from typing import Protocol, Self, TypeVar

from copydesk.errors import ProcessLost

Item = TypeVar("Item")
Result = TypeVar("Result")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers(Protocol):
    """Does calls that do not depend on each other."""

    def each(self, call: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[tuple[Item, Result]]:
        """Each item with what the call made of it, in the order in which they end; the first failure is raised."""

    def once(self, call: Callable[[], Result]) -> Result:
        """What the call returns."""

    def prepare(self, call: Callable[[], object]) -> None:
        """Have several processes do this while the caller goes on."""


class InTurn:
    """This process, for one call after the other."""

    def each(self, call: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[tuple[Item, Result]]:
        """Each item with what the call made of it."""
        yield from ((item, call(item)) for item in items)

    def once(self, call: Callable[[], Result]) -> Result:
        """What the call returns."""
        return call()

    def prepare(self, call: Callable[[], object]) -> None:
        """Nothing: it does what it needs when it needs it."""


ALONE = InTurn()


class Processes:
    """As many as are wanted, started when there is more than one call, and kept for later ones."""

    def __init__(self, count: int | None) -> None:
        self._count = count or cores()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)  # and wait: nothing of a call may be written once it counts as ended

    def each(self, call: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[tuple[Item, Result]]:
        """Each item with what the call made of it, in the order in which they end; the first failure is raised."""
        if len(items) <= 1 or self._count == 1:  # a process would start slower than a small call takes
            yield from ALONE.each(call, items)
            return
        waiting = {self._started().submit(call, item): item for item in items}
        for future in as_completed(waiting):
            yield waiting[future], _outcome(future)

    def once(self, call: Callable[[], Result]) -> Result:
        """What the call returns, from one of them if they run: it has imported by now what the calls before needed."""
        return _outcome(self._pool.submit(call)) if self._pool else call()

    def prepare(self, call: Callable[[], object]) -> None:
        """Have those that run do this, as many times as they are, while the caller goes on; where it fails, it fails again where it is needed."""
        if self._pool:
            for _ in range(self._count):
                self._pool.submit(call)

    def _started(self) -> ProcessPoolExecutor:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for the children: their number is the parallelism
        # Not fork: Arrow and Great Expectations keep threads, for which a forked child would wait forever.
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._count, mp_context=context, initializer=_end_with_parent)
        return self._pool


def _outcome(future: Future[Result]) -> Result:
    """The result; ProcessLost where nobody is left to have one."""
    try:
        return future.result()
    except BrokenProcessPool:
        advice = "where memory is short, with COPYDESK_PROCESSES=1; what is finished is not done again"
        raise ProcessLost(
            f"a process ended in the midst of its work, as one does that the system takes the memory from; try again, {advice}"
        ) from None


def _end_with_parent() -> None:
    """In a child: be gone as soon as the parent is, were it killed; a child would wait for its next call forever."""
    Thread(target=_wait_for_end_of_parent, daemon=True).start()


def _wait_for_end_of_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
    os._exit(1)
