"""The ways people read `articles`, each in a loop, and what came of it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from glob import glob
from threading import Event

import pandas as pd
import pyarrow as pa

from copydesk.benchmarks.turmoil.week import Row, faults
from copydesk.errors import BadInput
from copydesk.lake import retrying
from copydesk.lake.reading import read
from copydesk.schema import ARTICLES
from copydesk.storage import Storage

COPYDESK, FOLDER, FILES = "`copydesk.read()`", "`pd.read_parquet(folder)`", "`pd.read_parquet(glob(…))`"

Read = Callable[[], list[Row]]


@dataclass(slots=True)
class Tally:
    """All reads in one way."""

    way: str
    reads: int = 0
    errors: Counter[str] = field(default_factory=Counter)  # and no rows
    wrong: Counter[str] = field(default_factory=Counter)  # days that were not one version whole


def ways_to_read(uri: str) -> dict[str, Read]:
    """On object storage `copydesk.read` alone: who follows no manifest may see two versions for a moment there."""
    storage = Storage.open(uri)
    ways: dict[str, Read] = {COPYDESK: lambda: _rows(read(root=uri).to_pandas())}
    if storage.is_local:
        folder = storage.full(ARTICLES.name)
        ways[FOLDER] = lambda: _rows(pd.read_parquet(folder))
        ways[FILES] = lambda: _rows(pd.read_parquet(_files(folder)))  # type: ignore[call-overload]  # its stubs know no lists
    return ways


def _files(folder: str) -> list[str]:
    return sorted(glob(f"{folder}/*/*.parquet"))  # noqa: PTH207 (as people write it)


def read_on(way: str, read_all: Read, done: Event) -> Tally:
    """Read without a pause until `done`."""
    tally = Tally(way)
    while not done.is_set():
        tally.reads += 1
        try:
            tally.wrong.update(faults(read_all()))
        except (OSError, BadInput, pa.ArrowInvalid) as error:
            tally.errors[type(error).__name__] += 1
    return tally


def _rows(frame: pd.DataFrame) -> list[Row]:
    days = map(str, frame["published_date"])
    return [Row(*values) for values in zip(days, frame["article_id"], frame["version"], strict=True)]


class _Count(logging.Handler):
    """How many messages there were."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.messages = 0

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        self.messages += 1


@contextmanager
def counting_repetitions() -> Iterator[_Count]:
    """How often `copydesk.read` has begun again, which its caller does not see."""
    count, level = _Count(), retrying.log.level
    retrying.log.addHandler(count)
    retrying.log.setLevel(logging.DEBUG)
    try:
        yield count
    finally:
        retrying.log.removeHandler(count)
        retrying.log.setLevel(level)
