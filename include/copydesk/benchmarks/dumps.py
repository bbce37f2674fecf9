"""What the readers make of files that others wrote: `python -m copydesk.benchmarks.dumps DIR`, a line a file.

The format is guessed, as `copydesk extract` does. Of containers that name their fields, the content is the first of `CONTENT` that
they have.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from copydesk.benchmarks.markdown import grid
from copydesk.raw.reading import read_path
from copydesk.records import Reason, Reject
from copydesk.settings import Settings
from copydesk.sources.record import RecordFields

CONTENT = ("content", "text", "html", "body")
NOTES = {".md"}  # endings of files that speak of the dumps
HEADS = ("file", "records", "rejected", "no document", "read to its end")
MAX_CHARS = 160  # of the reason of a reject


class Outcome(NamedTuple):
    """What came of a file."""

    name: str
    records: int
    rejects: list[Reject]
    skipped: dict[str, int]  # parts that are no document, by kind
    is_complete: bool


def read_all(folder: Path) -> Iterator[Outcome]:
    """Each file below the folder, by name."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in NOTES):
        found = _named(path)
        yield found._replace(name=str(path.relative_to(folder)))


def _named(path: Path) -> Outcome:
    """The reading with the first name of the content under which there is any."""
    readings = (_read(path, RecordFields(content=name)) for name in CONTENT)
    found = next(readings)
    while found.rejects and all(reject.reason is Reason.MISSING_CONTENT for reject in found.rejects):
        another = next(readings, None)
        if another is None:
            break
        found = another
    return found


def _read(path: Path, fields: RecordFields) -> Outcome:
    reading = read_path(path, None, Settings(raw="unused", lake="unused", sources="unused"), fields)
    items = list(reading)
    rejects = [item for item in items if isinstance(item, Reject)]
    return Outcome(path.name, len(items) - len(rejects), rejects, dict(reading.skipped), reading.complete)


def table(outcomes: Iterable[Outcome]) -> str:
    """A line a file; of rejects the number by reason, and what the first of each says."""
    return grid(HEADS, [_line(outcome) for outcome in outcomes])


def _line(outcome: Outcome) -> Sequence[str]:
    first = {reject.reason: reject.detail for reject in reversed(outcome.rejects)}
    counts = Counter(reject.reason for reject in outcome.rejects)
    rejects = [f"{reason} {count}: {first[reason][:MAX_CHARS]}" for reason, count in counts.items()]
    skipped = [f"{kind} {count}" for kind, count in outcome.skipped.items()]
    return outcome.name, str(outcome.records), "; ".join(rejects), ", ".join(skipped), "yes" if outcome.is_complete else "no"


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks.dumps", description=__doc__)
    parser.add_argument("folder", type=Path)
    sys.stdout.write(f"{table(read_all(parser.parse_args(arguments).folder))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
