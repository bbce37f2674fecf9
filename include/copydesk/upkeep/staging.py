"""What killed publications and dead runs have left in the staging area."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath

from copydesk.lake.ingested import Taken, last_taken
from copydesk.lake.layout import INGEST, PUBLISH, parse_path
from copydesk.schema import CLEAN, Judged
from copydesk.steps.plan import started_at
from copydesk.storage import Storage
from copydesk.upkeep.waste import Kind, Waste, as_waste
from copydesk.workdir import PLAN, VERDICT, Workdir

TakenBySource = Callable[[str], Mapping[str, Taken]]


def publications(storage: Storage) -> Iterator[Waste]:
    """Every folder that a publication has staged its files in."""
    for folder in storage.folders(PUBLISH):
        yield as_waste(storage, Kind.PUBLICATION, folder)


def runs(storage: Storage) -> Iterator[Waste]:
    """Every work folder of a run that nobody has to decide on."""
    taken = cache(lambda source: last_taken(storage, source))
    for source in storage.folders(INGEST):
        for dump in storage.folders(source):
            for folder in storage.folders(dump):
                if not _waits(storage, folder, taken):
                    yield as_waste(storage, Kind.RUN, folder)


def waits_for_a_decision(storage: Storage, folder: str) -> bool:
    """Whether the run in the work folder is held, or its release was begun, and none was published since."""
    return _waits(storage, folder, lambda source: last_taken(storage, source))


def _waits(storage: Storage, folder: str, taken: TakenBySource) -> bool:
    work = Workdir(storage, folder)
    outcome = work.read_json(VERDICT)
    if not outcome or outcome["verdict"] not in (Judged.HOLD, Judged.RELEASED) or work.read_json(PLAN) is None:
        return False
    values = parse_path(CLEAN, f"{CLEAN.name}/{PurePosixPath(folder).parent.relative_to(INGEST)}")
    if values is None:
        return True  # none of ours: better left
    published = taken(str(values["source"])).get(str(values["dump"]))
    return published is None or published.started_at <= started_at(work)
