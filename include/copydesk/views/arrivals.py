"""What lies among the raw files, day by day, against what was taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from copydesk.errors import BadInput
from copydesk.lake.taken import last_taken
from copydesk.raw.late import Late, files_by_day, late_among
from copydesk.sources import Source
from copydesk.storage import Storage
from copydesk.views.days import Range


@dataclass(slots=True)
class Arrivals:
    """What is known of the raw files of some sources; nothing of those whose files cannot be listed."""

    days: dict[str, frozenset[str]] = field(default_factory=dict)  # by source, the days that have a file
    late: dict[tuple[str, str], Late] = field(default_factory=dict)  # by source and day
    remarks: list[str] = field(default_factory=list)


def look_for_arrivals(lake: Storage, raw_root: str, sources: Mapping[str, Source], days: Range) -> Arrivals:
    """List the raw files of each source, once, and open none; a remark says what cannot be listed."""
    arrivals = Arrivals()
    try:
        raw = Storage.open(raw_root)
        raw.check_readable()
    except (BadInput, OSError) as error:
        arrivals.remarks.append(f"Late files and missing dumps are not known, for COPYDESK_RAW is out of reach: {error}")
        return arrivals
    for source in sources.values():
        try:
            _look(lake, raw, source, days, arrivals)
        except (BadInput, OSError) as error:
            arrivals.remarks.append(f"Late files and missing dumps of {source.name} are not known: {error}")
    return arrivals


def _look(lake: Storage, raw: Storage, source: Source, days: Range, arrivals: Arrivals) -> None:
    files = {day: those for day, those in files_by_day(raw, source).items() if day in days}
    taken = last_taken(lake, source.name, days.first, days.last) if files else {}
    arrivals.late |= {(source.name, day): late for day, late in late_among(raw, files, taken).items()}
    arrivals.days[source.name] = frozenset(files)
