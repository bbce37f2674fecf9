"""The runs of a dump, and what the last one of each took in, from `runs`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.dumps import is_day
from copydesk.lake.question import Question
from copydesk.lake.reading import answer
from copydesk.schema import OLDEST_FIRST, PUBLISHED, RUNS, Judged
from copydesk.storage import Storage

ORDER = ("dump", "kind", "started_at", "finished_at", "verdict")
DECIDED_ON = (Judged.HOLD, Judged.REJECTED)


@dataclass(frozen=True, slots=True)
class Taken:
    """The raw files a run read."""

    started_at: datetime
    sizes: Mapping[str, int | None]  # by address, as stored; None where a file was not read to its end


def runs_of(storage: Storage, source: str, dump: str, columns: Iterable[str]) -> pa.Table:
    """The rows of one dump, oldest first, with some columns beside those that say so."""
    day = dump if is_day(dump) else None  # an archive is in no range of days
    wanted = dict.fromkeys(("dump", *(name for name, _ in OLDEST_FIRST), *columns))
    found = answer(storage, Question.ask(RUNS.name, day, day, [source], wanted))
    return found.filter(pc.equal(found["dump"], dump)).sort_by(OLDEST_FIRST)


def last_taken(storage: Storage, source: str) -> dict[str, Taken]:
    """By dump of the source, what stands published: a run that was held took nothing in."""
    return {dump: taken for dump, (verdict, taken) in _last(storage, source).items() if verdict in PUBLISHED}


def last_seen(storage: Storage, source: str) -> dict[str, Taken]:
    """The same, and where nothing is published what a run has read that is held: who decides on it must know what it has not seen."""
    return {dump: taken for dump, (_, taken) in _last(storage, source).items()}


def _last(storage: Storage, source: str) -> dict[str, tuple[str, Taken]]:
    table = answer(storage, Question.ask("runs", sources=[source], columns=[*ORDER, "inputs"]))
    runs = table.select(ORDER).append_column("row", pa.array(range(table.num_rows)))
    runs = runs.sort_by(OLDEST_FIRST).to_pylist()
    last: dict[str, dict[str, Any]] = {}
    for run in runs:
        if run["kind"] == "ingest" and replaces(last[run["dump"]]["verdict"] if run["dump"] in last else None, run["verdict"]):
            last[run["dump"]] = run
    return {
        dump: (run["verdict"], Taken(run["started_at"], sizes_of(table["inputs"][run["row"]].as_py())))
        for dump, run in last.items()
    }


def replaces(before: str | None, verdict: str) -> bool:
    """Whether a later run tells what was taken in: one that is held says nothing of what is published."""
    return verdict in PUBLISHED or (verdict in DECIDED_ON and before not in PUBLISHED)


def sizes_of(inputs: list[dict[str, Any]] | None) -> dict[str, int | None]:
    """The column `inputs` of a run, as `Taken` has it."""
    return {file["uri"]: file["bytes"] if file["complete"] else None for file in inputs or ()}
