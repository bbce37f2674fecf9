"""What lies among the raw files, day by day, against what was taken in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from copydesk.errors import BadInput
from copydesk.lake.ingested import Taken, replaces, sizes_of
from copydesk.lake.run_lines import RunLine, read_row
from copydesk.raw.late import Late, files_by_day, late_among
from copydesk.sources import Source
from copydesk.storage import Storage
from copydesk.views.calendar.days import Range


@dataclass(slots=True)
class Arrivals:
    """What is known of the raw files of some sources; nothing of those whose files cannot be listed."""

    days: dict[str, frozenset[str]] = field(default_factory=dict)  # by source, the days that have a file
    late: dict[tuple[str, str], Late] = field(default_factory=dict)  # by source and day
    remarks: list[str] = field(default_factory=list)


def look_for_arrivals(
    lake: Storage, raw_root: str, sources: Mapping[str, Source], days: Range, lines: Iterable[RunLine]
) -> Arrivals:
    """List the raw files of each source, once, and open none; a remark says what cannot be listed. The lines are oldest first."""
    seen: dict[str, dict[str, RunLine]] = {name: {} for name in sources}
    for line in lines:
        if line.kind == "ingest" and line.source in seen:
            before = seen[line.source].get(line.dump)
            if replaces(before.verdict if before else None, line.verdict):
                seen[line.source][line.dump] = line
    arrivals = Arrivals()
    try:
        raw = Storage.open(raw_root)
        raw.check_readable()
    except (BadInput, OSError) as error:
        arrivals.remarks.append(f"Late files and missing dumps are not known, for COPYDESK_RAW is out of reach: {error}")
        return arrivals
    for source in sources.values():
        try:
            _look(lake, raw, source, days, seen[source.name], arrivals)
        except (BadInput, OSError) as error:
            arrivals.remarks.append(f"Late files and missing dumps of {source.name} are not known: {error}")
    return arrivals


def _look(  # noqa: PLR0917 (the same for one source)
    lake: Storage, raw: Storage, source: Source, days: Range, seen: Mapping[str, RunLine], arrivals: Arrivals
) -> None:
    files = {day: those for day, those in files_by_day(raw, source).items() if day in days}
    lines = {day: seen[day] for day in files if day in seen}
    taken = {day: Taken(line.started_at, INPUTS.of(lake, line.path)) for day, line in lines.items()}
    arrivals.late |= {(source.name, day): late for day, late in late_among(raw, files, taken).items()}
    arrivals.days[source.name] = frozenset(files)


class Inputs:
    """The sizes of the raw files that runs read, by address; a run's file never changes, so it is opened once."""

    def __init__(self, most_files: int) -> None:
        self._most_files = most_files
        self._count = 0
        self._known: dict[tuple[str, str], Mapping[str, int | None]] = {}

    def of(self, lake: Storage, path: str) -> Mapping[str, int | None]:
        """Those of the run whose file in the lake is `path`."""
        key = (lake.uri, path)
        if (sizes := self._known.get(key)) is None:
            sizes = sizes_of((read_row(lake, path, ["inputs"]) or {}).get("inputs"))
            self._count += len(sizes)
            if self._count > self._most_files:
                self._known, self._count = {}, len(sizes)
            self._known[key] = sizes
        return sizes


INPUTS = Inputs(most_files=200_000)  # some forty megabytes
