"""Everyone over every gold set: scores, speed, and what a dump read together adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from copydesk.benchmarks.contestants import Contestant, Reading
from copydesk.benchmarks.scoring import Marker, Scores
from copydesk.benchmarks.sets import GoldSet, pages
from copydesk.benchmarks.speed import Pace, Slowest, Speed, race, slowest

REPEATING_MODE = "text_full"  # the form that still has its menus and rails
PAGES_A_SITE = 3  # on average: with fewer, hardly a line is seen to repeat
Say = Callable[[str], None]


class Entry(NamedTuple):
    """One contestant on one set in one form."""

    contestant: Contestant
    scores: Scores
    speed: Speed | None
    crashes: int


class Table(NamedTuple):
    """One set in one form."""

    gold: str
    mode: str
    pages: int
    sites: int
    entries: list[Entry]


class Repetition(NamedTuple):
    """The same pages read by site together and one by one."""

    gold: str
    pages: int
    sites: int
    contestant: Contestant
    together: Scores
    alone: Scores


class Slow(NamedTuple):
    """The slowest page of a set in one form."""

    gold: str
    mode: str
    page: Slowest


def tables(
    sets: Sequence[GoldSet], modes: Sequence[str], everyone: Sequence[Contestant], pace: Pace, say: Say
) -> Iterator[Table]:
    """Scores on all pages, speed on some of them, set by set and form by form."""
    for mode in modes:
        there = [contestant for contestant in everyone if mode in contestant.modes]
        for gold in sets:
            marker, found = Marker(gold.rows), pages(gold, mode)
            marked = []
            for contestant in there:
                say(f"{gold.name} {mode}: {contestant.name}")
                readings = list(contestant.read(found))
                scores = marker.mark(readings)._replace(**dict.fromkeys(contestant.unread))
                marked.append((contestant, scores, _crashes(readings)))
            say(f"{gold.name} {mode}: speed")
            speeds = race(there, found, pace)
            entries = [Entry(who, scores, speeds.get(who.name), crashes) for who, scores, crashes in marked]
            yield Table(gold.name, mode, len(found), len({page.site for page in found}), entries)


def _crashes(readings: Sequence[Reading]) -> int:
    return sum(reading.crash is not None for reading in readings)


def repetitions(sets: Sequence[GoldSet], contestant: Contestant, say: Say) -> Iterator[Repetition]:
    """What lines that repeat over the pages of a site add, on the sets with enough pages a site."""
    for gold in sets:
        found = pages(gold, REPEATING_MODE)
        sites = len({page.site for page in found})
        if not any(row["body"] for row in gold.rows) or len(found) < PAGES_A_SITE * sites:
            continue
        say(f"{gold.name} {REPEATING_MODE}: each page alone")
        marker = Marker(gold.rows)
        together = marker.mark(contestant.read(found))
        alone = marker.mark(reading for page in found for reading in contestant.read([page]))
        yield Repetition(gold.name, len(found), sites, contestant, together, alone)


def slow_pages(sets: Sequence[GoldSet], modes: Sequence[str], contestant: Contestant, say: Say) -> Iterator[Slow]:
    """The page of each set that takes longest."""
    for gold in sets:
        for mode in modes:
            say(f"{gold.name} {mode}: slowest page")
            yield Slow(gold.name, mode, slowest(contestant, pages(gold, mode)))
