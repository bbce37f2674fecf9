"""Sources by days: what became of each dump, from the rows of `runs`, the source files, and what Airflow knows of its runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from copydesk.lake.run_files import last_ingests
from copydesk.lake.run_lines import RunLine
from copydesk.raw.late import Late
from copydesk.sources import Source
from copydesk.views.calendar.arrivals import Arrivals
from copydesk.views.calendar.days import Range, expected
from copydesk.views.calendar.states import Attempt, State, state_of

LEVELS = 4  # shades of volume
Dump = tuple[str, str]  # source and key


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of one source; no state where nothing was to be expected and nothing happened."""

    source: str
    day: str
    state: State | None
    line: RunLine | None  # what its last ingestion came to
    attempt: Attempt | None  # what Airflow knows of its last run
    level: int  # of volume, 1 to LEVELS against the source's largest day shown; 0 where nothing was accepted
    late: Late | None

    @property
    def wants_a_person(self) -> bool:
        """Whether it stays as it is until somebody does something."""
        return self.state is not None and self.state.wants_a_person

    def is_any_of(self, wanted: frozenset[State]) -> bool:
        """Whether a reader who asks for these states wants to see it."""
        return self.state in wanted or (self.late is not None and State.LATE in wanted)


@dataclass(frozen=True, slots=True)
class Row:
    """One source."""

    source: str
    has_file: bool  # without a source file nothing is expected of it
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the page shows."""

    days: Range
    rows: tuple[Row, ...]
    counts: Mapping[State, int]

    @property
    def to_look_at(self) -> list[Cell]:
        """The days that want a person, the latest first: those that stay so until somebody decides, then those with late files."""
        cells = (cell for row in self.rows for cell in row.cells if cell.late or cell.wants_a_person)
        return sorted(cells, key=lambda cell: (cell.wants_a_person, cell.day, cell.source), reverse=True)


@dataclass(frozen=True, slots=True)
class Known:
    """What a calendar is made of; of the sources, those its reader may see."""

    sources: Mapping[str, Source]
    lines: Iterable[RunLine]
    attempts: Mapping[Dump, Attempt]
    arrivals: Arrivals
    now: datetime


def make_calendar(days: Range, known: Known) -> Calendar:
    """Put together what is known.

    Without arrivals a day that no run tried is `not yet run`; whether there is a dump of it is in the raw files alone.
    """
    last = last_ingests(known.lines)
    names = sorted({*known.sources, *(source for source, _ in last)})
    rows = tuple(_row(name, days, known, last) for name in names)
    counts = Counter(cell.state for row in rows for cell in row.cells if cell.state)
    counts[State.LATE] = sum(cell.late is not None for row in rows for cell in row.cells)
    return Calendar(days, rows, counts)


def _row(name: str, days: Range, known: Known, last: Mapping[Dump, RunLine]) -> Row:
    keys = [day.isoformat() for day in days]
    most = max((_accepted(last.get((name, key))) for key in keys), default=0)
    return Row(name, name in known.sources, tuple(_cell((name, key), known, last.get((name, key)), most) for key in keys))


def _cell(dump: Dump, known: Known, line: RunLine | None, most: int) -> Cell:
    name, key = dump
    source, attempt, arrived = known.sources.get(name), known.attempts.get(dump), known.arrivals.days.get(name)
    is_expected = source is not None and expected(source, key, known.now)
    state = state_of(line, attempt, is_expected, None if arrived is None else key in arrived)
    level = ceil(LEVELS * _accepted(line) / most) if most else 0
    return Cell(name, key, state, line, attempt, level, known.arrivals.late.get(dump))


def _accepted(line: RunLine | None) -> int:
    return (line.records_accepted if line else None) or 0
