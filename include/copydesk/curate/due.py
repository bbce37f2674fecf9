"""Which months must be curated again: those that a dump has touched since they last were."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePosixPath

import pyarrow.parquet as pq

from copydesk.curate.months import months_held
from copydesk.lake.layout import parse_path
from copydesk.schema import RUNS
from copydesk.sources import CURATE
from copydesk.storage import FileInfo, Storage

STARTED = "run-%Y%m%dT%H%M%S"  # how the name of a run's file begins


def months_due(storage: Storage) -> list[str]:
    """Months whose last curation began before a run that touched them was on record, which it is when it was published."""
    curated: dict[str, datetime] = {}
    ingested: list[FileInfo] = []
    for file in storage.files(RUNS.name):
        values = parse_path(RUNS, str(PurePosixPath(file.path).parent)) or {}
        if values.get("source") == CURATE:
            month = str(values["dump"])
            curated[month] = max(_started(file), curated.get(month, _started(file)))
        else:
            ingested.append(file)
    due = set(months_held(storage)) - set(curated)
    oldest = min(curated.values(), default=datetime.now(UTC))
    for file in ingested:
        at = storage.changed_at(file)
        if at >= oldest:
            due.update(month for month in _touched(storage, file) if month in curated and curated[month] <= at)
    return sorted(due)


def _started(file: FileInfo) -> datetime:
    stamp = "-".join(PurePosixPath(file.path).name.split("-")[:2])
    return datetime.strptime(stamp, STARTED).replace(tzinfo=UTC)


def _touched(storage: Storage, file: FileInfo) -> list[str]:
    with storage.open_random(file.path) as stream:
        rows = pq.read_table(stream, columns=["touched_months"])["touched_months"].to_pylist()
    return [month for months in rows for month in months or ()]
