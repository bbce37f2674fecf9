"""Which of the times that a page states it was published at: the one that most of its clues bear out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from copydesk.fields.times.dates import Moment

EAST, WEST = timedelta(hours=14), timedelta(hours=12)  # clocks furthest ahead of Greenwich and behind it
ZONE_MINUTES = 15  # zones differ by a multiple of it
DAY, INSTANT = timedelta(days=1), timedelta(minutes=2)
DATE_LINE = "date line"
SHOWN = ("time", DATE_LINE)  # both are what the reader sees: one witness
GREENWICH = ("UTC", "GMT", "+00:00")
# Minutes that clocks differ from those of Greenwich by.
OFFSETS = frozenset({*range(-600, 781, 60), -210, -150, 210, 270, 330, 345, 390, 570, 630}) - {0}


class Found(NamedTuple):
    """A time that may be the one of publication, and what gave it."""

    moment: Moment
    clue: str

    @property
    def witness(self) -> str:
        """Clues that have one source count once."""
        return SHOWN[0] if self.clue in SHOWN else self.clue

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From when to when it may have been: a day is one somewhere on earth, a clock without a zone stands anywhere."""
        at, precision, _, is_zoned = self.moment
        if precision == "day":
            return at - EAST, at + DAY + WEST
        return (at, at + INSTANT) if is_zoned else (at - EAST, at + WEST)

    def agrees(self, other: Found) -> bool:
        """Whether both may mean the same time."""
        (start, end), (other_start, other_end) = self.span, other.span
        return start < other_end and other_start < end

    def refines(self, other: Found) -> bool:
        """Whether it says the same more exactly: the hour of a day, or the zone of a clock that names none."""
        mine, its = self.moment, other.moment
        if mine.precision == "day" or not self.agrees(other):
            return False
        if its.precision == "day":
            return mine.at.date() == its.at.date()
        return mine.is_zoned and not its.is_zoned and (mine.at.minute - its.at.minute) % ZONE_MINUTES == 0


def elect(found: Sequence[Found]) -> Found | None:
    """The one that most witnesses bear out, the most trusted where they are equal."""
    if not found or found[0].clue == "given":
        return found[0] if found else None
    votes = [len({other.witness for other in found if one.agrees(other)}) for one in found]
    best = found[votes.index(max(votes))]
    return next((one for one in found if one.refines(best)), best)


def zone_shown(elected: Found, found: Sequence[Found]) -> str:
    """The zone it was read in; where that is Greenwich's, the one in which another clue's clock shows the same instant."""
    at, precision, zone, _ = elected.moment
    if precision == "day" or zone not in GREENWICH:
        return zone
    clocks = (other.moment for other in found if other.moment.precision != "day")
    return next(filter(None, (_zone_of_clock(clock, at) for clock in clocks)), zone)


def _zone_of_clock(clock: Moment, at: datetime) -> str | None:
    """The zone of a clock, which names it or not, if it shows that instant."""
    if clock.is_zoned:
        return clock.zone if clock.zone not in GREENWICH and abs(clock.at - at) < INSTANT else None
    shown = clock.at.astimezone(ZoneInfo(clock.zone)).replace(tzinfo=UTC)
    minutes = (shown.replace(second=0) - at.replace(second=0, microsecond=0)) // timedelta(minutes=1)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes in OFFSETS else None
