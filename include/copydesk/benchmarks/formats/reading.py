"""One raw file read to its end in a process of its own: what came of it, and the most memory that took."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import pandas as pd  # noqa: F401 - pyarrow loads it with its first array, which is nothing that a raw file takes

from copydesk.benchmarks.memory import held_mb
from copydesk.raw.reading import read_path
from copydesk.records import Reject
from copydesk.settings import Settings


class Outcome(NamedTuple):
    """What a reader made of a file."""

    records: int
    rejects: dict[str, int]  # by reason
    is_complete: bool
    peak_mb: float  # above what the process held before
    seconds: float


def read(path: Path, format: str) -> Outcome:
    """Call it in a fresh process: the most memory a process ever held is never forgotten."""
    settings = Settings(raw="unused", lake="unused", sources="unused")
    before, began = held_mb(), perf_counter()
    reading = read_path(path, format, settings)
    rejects: Counter[str] = Counter()
    records = 0
    for item in reading:
        if isinstance(item, Reject):
            rejects[item.reason] += 1
        else:
            records += 1
    return Outcome(records, dict(rejects), reading.complete, held_mb() - before, perf_counter() - began)
