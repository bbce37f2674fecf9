"""CPU seconds of the calls alone, in one process: everyone in turn, several times, so that all see the same noise."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from statistics import median
from typing import NamedTuple

from copydesk.benchmarks.contestants import Contestant
from copydesk.benchmarks.engine import extract
from copydesk.benchmarks.peers import REFERENCE
from copydesk.benchmarks.sets import GoldSet, Page, evenly, pages

TICK_S = time.get_clock_info("process_time").resolution
LIKELY_SLOWEST = 3  # pages that are timed again, since one reading may have been disturbed
TEXT_BYTES = range(4_000, 8_001)


class Pace(NamedTuple):
    """How thoroughly speed is measured."""

    rounds: int
    pages: int  # of each set


class Speed(NamedTuple):
    """The median over the rounds."""

    documents_per_s: float
    megabytes_per_s: float
    times_reference: float | None  # the peer that speeds are held against may not be there


class Slowest(NamedTuple):
    """The page that took longest, read alone."""

    cpu_ms: float
    size_bytes: int


class TextSpeed(NamedTuple):
    """Plain texts of one size read in one call."""

    documents: int
    mean_bytes: float
    documents_per_s: float


def race(contestants: Sequence[Contestant], found: Sequence[Page], pace: Pace) -> dict[str, Speed]:
    """The speed of each who is timed, on the same pages, spread over all that were found."""
    sample = evenly(found, pace.pages)
    timed = [contestant for contestant in contestants if contestant.is_timed]
    seconds: dict[str, list[float]] = {contestant.name: [] for contestant in timed}
    for _ in range(pace.rounds):
        for contestant in timed:
            gc.collect()  # nobody pays for what another left behind
            seconds[contestant.name].append(cpu_seconds(contestant, sample))
    size = sum(page.size_bytes for page in sample) / 1e6
    return {name: _speed(taken, seconds.get(REFERENCE), len(sample), size) for name, taken in seconds.items() if taken}


def _speed(taken: list[float], reference: list[float] | None, documents: int, megabytes: float) -> Speed:
    each = median(taken)
    ratio = median(theirs / ours for theirs, ours in zip(reference, taken, strict=True)) if reference else None
    return Speed(documents / each, megabytes / each, ratio)


def cpu_seconds(contestant: Contestant, found: Sequence[Page]) -> float:
    """What one reading of the pages costs, all threads together."""
    start = time.process_time()
    contestant.read(found)
    return max(time.process_time() - start, TICK_S)


def slowest(contestant: Contestant, found: Sequence[Page]) -> Slowest:
    """The slowest of the pages; the likely ones are read three times and their best time counts."""
    once = [(cpu_seconds(contestant, [page]), at) for at, page in enumerate(found)]
    likely = sorted(once, reverse=True)[:LIKELY_SLOWEST]
    again = [(min(taken, *(cpu_seconds(contestant, [found[at]]) for _ in range(2))), at) for taken, at in likely]
    taken, at = max(again)
    return Slowest(taken * 1000, found[at].size_bytes)


def text_speed(sets: Sequence[GoldSet], documents: int, pace: Pace) -> TextSpeed | None:
    """How fast so many plain texts of some 6 kB, or all that there are, are read in one call; None where the sets hold none."""
    found = list(islice(_texts(sets), documents))
    if not found:
        return None
    each = []
    for _ in range(pace.rounds):
        gc.collect()
        start = time.process_time()
        extract(found)
        each.append(time.process_time() - start)
    return TextSpeed(len(found), sum(page.size_bytes for page in found) / len(found), len(found) / max(median(each), TICK_S))


def _texts(sets: Sequence[GoldSet]) -> Iterator[Page]:
    """Texts of the right size, each once, since lines that come again are looked at once; their addresses name the site alone."""
    found = {page.content: page for gold in sets for page in pages(gold, "text_full") if page.size_bytes in TEXT_BYTES}
    return (page._replace(url=f"https://{page.site.split()[0]}/") for page in found.values())
