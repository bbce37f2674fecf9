"""Shards side by side in a pool of processes, for runs without Airflow."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.pipeline import Progress, Run

Step = Callable[["Run", int], dict[str, Any]]


def each_shard(step: Step, run: Run, shards: Sequence[int], report: Progress) -> None:
    """Call `step` for every shard; the first failure ends it."""
    name = step.__name__
    report(name, 0, len(shards))
    if len(shards) == 1:  # a pool would start slower than a small day takes
        step(run, shards[0])
        report(name, 1, 1)
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for the children: their number is the parallelism
    workers = min(len(shards), os.cpu_count() or 1)
    # Not fork: Arrow and Great Expectations keep threads, which a forked child would wait for forever.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = [pool.submit(step, run, shard) for shard in shards]
        try:
            for done, future in enumerate(as_completed(waiting), 1):
                future.result()
                report(name, done, len(shards))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
