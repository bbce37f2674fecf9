"""A writer that is killed at random moments, and started again where it was."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random

from copydesk.benchmarks.turmoil.week import publish, strays
from copydesk.storage import Storage

PUBLICATIONS_A_LIFE = 15  # at most, of one process
LAST_MOMENT_S = 0.2  # at most, from there to its death: at the next publication, or one behind it


@dataclass(slots=True)
class Life:
    """What the writer has done so far."""

    publications: int = 0
    kills: int = 0
    unhealed: int = 0  # kills whose day was not clean when it had been published again


def publish_under_fire(uri: str, first: int, times: int, seed: int) -> Life:
    """Publish `times` times from number `first` on, or a few more: what a process did before its death counts."""
    life, random = Life(), Random(seed)  # noqa: S311 (moments, no secrets)
    while life.publications < times:
        again = first + life.publications
        lasting = min(random.randint(1, PUBLICATIONS_A_LIFE), times - life.publications)
        life.publications += _live_once(uri, again, lasting, random.uniform(0, LAST_MOMENT_S), life)
        life.kills += 1
    return life


def _live_once(uri: str, again: int, lasting: int, last_moment_s: float, life: Life) -> int:
    """How many publications a process made from number `again` on, at which the one before it died."""
    context = get_context("forkserver")  # a fresh interpreter takes longer to start than to publish
    context.set_forkserver_preload([__name__])
    heard, said = context.Pipe(duplex=False)
    # Its own would be that of the first caller in this process, when the server was started that forks it: without the keys of a bucket.
    writer = context.Process(target=_publish_on, args=(uri, again, said, dict(os.environ)), daemon=True)
    writer.start()
    said.close()
    try:
        for number in range(lasting):
            heard.recv()
            if number == 0 and life.kills and strays(Storage.open(uri), again):
                life.unhealed += 1
        time.sleep(last_moment_s)
    finally:
        writer.kill()
        writer.join()
    return lasting + _unheard(heard)


def _publish_on(uri: str, first: int, said: Connection, environment: dict[str, str]) -> None:
    """Publish from number `first` on, in this environment, and say of each publication that it stands."""
    os.environ.update(environment)
    storage = Storage.open(uri)
    for number in count(first):
        publish(storage, number)
        said.send(number)


def _unheard(heard: Connection) -> int:
    """How much was said since, up to the end or to the middle of a word."""
    number = 0
    with suppress(EOFError, OSError):
        while True:
            heard.recv()
            number += 1
    return number
