"""One lake under turmoil, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from copydesk.benchmarks.turmoil.killing import Life, publish_under_fire
from copydesk.benchmarks.turmoil.readers import Tally, counting_repetitions, read_on, ways_to_read
from copydesk.benchmarks.turmoil.week import DAYS, publish, strays
from copydesk.errors import BadInput
from copydesk.lake.layout import STAGING
from copydesk.storage import Storage


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the writer did, what the readers saw, and what is left."""

    is_local: bool
    seconds: float
    life: Life
    tallies: Sequence[Tally]
    read_again: int  # by `copydesk.read`
    strays: int  # files of days that no manifest names
    staged: int  # publications cut short, in staging

    @property
    def failed(self) -> bool:
        """Whether a day was read that is not one version whole, or is not as its manifest says when all is over."""
        return bool(self.strays or self.life.unhealed or any(tally.wrong for tally in self.tallies))


def endure(uri: str, times: int, seed: int) -> Outcome:
    """Publish `times` times into an empty lake, with kills, and read meanwhile in every way."""
    started = time.perf_counter()
    storage = Storage.open(uri)
    if storage.files():
        raise BadInput(f"{storage.uri} is not empty; name a folder of its own")
    for number in range(len(DAYS)):
        publish(storage, number)
    done, ways = Event(), ways_to_read(uri)
    with counting_repetitions() as again, ThreadPoolExecutor(len(ways)) as pool:
        readings = [pool.submit(read_on, way, read_all, done) for way, read_all in ways.items()]
        try:
            life = publish_under_fire(uri, len(DAYS), times, seed)
        finally:
            done.set()
        tallies = [reading.result() for reading in readings]
    publish(storage, len(DAYS) + life.publications)  # at which the last process was killed
    left = [file for number in range(len(DAYS)) for file in strays(storage, number)]
    staged = len(storage.folders(f"{STAGING}/publish"))
    return Outcome(storage.is_local, time.perf_counter() - started, life, tallies, again.messages, len(left), staged)
