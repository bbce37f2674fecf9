"""Whether a dump has arrived whole, judged from what lies there now: nothing needs to be remembered between two looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from rich.filesize import decimal

from copydesk.dumps import place_of
from copydesk.errors import MissingDump
from copydesk.raw.inputs import find_files, marker_of
from copydesk.sources import Source
from copydesk.sources.arrival import Arrival
from copydesk.storage import Storage


class State(StrEnum):
    """What is to be done about a dump that is waited for."""

    COMPLETE = "complete"
    WAITING = "waiting"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Sight:
    """What there was of a dump at one time."""

    at: datetime
    files: int
    size: int
    changed_at: datetime | None = None  # of the file that changed last; None where a marker decides
    has_marker: bool = False


def has_arrived(storage: Storage, source: Source, key: str, at: datetime) -> bool:
    """Whether the wait is over; MissingDump past the deadline, unless the source goes on with what is there."""
    sight, deadline = look(storage, source, key, at), deadline_of(source, key)
    state = judge(sight, source.arrival, deadline)
    if state is State.OVERDUE and not (sight.files and source.arrival.after_deadline == "ingest"):
        awaited = storage.uri_of(marker_of(source, key) or place_of(source.raw, key))
        raise MissingDump(
            f"{source.name} {key}: the dump is not complete at its deadline, {deadline:%Y-%m-%d %H:%M} UTC: "
            f"found {in_words(sight, source.arrival)}, waited for {awaited}; run the day again when it has arrived"
        )
    return state is not State.WAITING


def look(storage: Storage, source: Source, key: str, at: datetime) -> Sight:
    """The dump `key` of a source as it lies there."""
    files = find_files(storage, source, key)
    size = sum(file.size for file in files)
    if marker := marker_of(source, key):
        return Sight(at, len(files), size, has_marker=storage.size(marker) is not None)
    return Sight(at, len(files), size, changed_at=max(map(storage.changed_at, files), default=None))


def judge(sight: Sight, arrival: Arrival, deadline: datetime) -> State:
    """Whether the dump is complete, and if not, whether there is time left to wait for the rest."""
    if sight.files and (sight.has_marker or _has_settled(sight, arrival)):
        return State.COMPLETE
    return State.WAITING if sight.at < deadline else State.OVERDUE


def deadline_of(source: Source, key: str) -> datetime:
    """When the wait for the day `key` is over, in UTC; the day ends at midnight in the source's own zone."""
    end_of_day = datetime.combine(date.fromisoformat(key) + timedelta(days=1), time.min, ZoneInfo(source.timezone))
    return end_of_day.astimezone(UTC) + timedelta(hours=source.arrival.deadline_hours)


def in_words(sight: Sight, arrival: Arrival) -> str:
    """What was there and what was missing, for a message."""
    if not sight.files:
        return "the marker but no file" if sight.has_marker else "no file"
    files = f"{sight.files} file{'s' * (sight.files > 1)} ({decimal(sight.size)})"
    if sight.changed_at is None:
        return f"{files} but no marker"
    minutes = (sight.at - sight.changed_at) // timedelta(minutes=1)
    return f"{files}, the last changed {minutes} minutes ago (settle_minutes = {arrival.settle_minutes})"


def _has_settled(sight: Sight, arrival: Arrival) -> bool:
    return sight.changed_at is not None and sight.at - sight.changed_at >= timedelta(minutes=arrival.settle_minutes)
