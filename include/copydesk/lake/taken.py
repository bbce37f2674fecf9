"""What the last run of each dump took in, from `runs`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from copydesk.lake.question import Question
from copydesk.lake.reading import answer
from copydesk.storage import Storage

ORDER = ("dump", "kind", "started_at", "finished_at", "verdict")
PUBLISHED = ("pass", "warn", "released")
SEEN = (*PUBLISHED, "hold", "rejected")


@dataclass(frozen=True, slots=True)
class Taken:
    """The raw files a run read."""

    started_at: datetime
    sizes: Mapping[str, int | None]  # by address, as stored; None where a file was not read to its end


def last_taken(storage: Storage, source: str) -> dict[str, Taken]:
    """By dump of the source, what stands published: a run that was held took nothing in."""
    return _last(storage, source, PUBLISHED)


def last_seen(storage: Storage, source: str) -> dict[str, Taken]:
    """By dump of the source, what its last run has read, be it held or rejected: who decides on it must know what it has not seen."""
    return _last(storage, source, SEEN)


def _last(storage: Storage, source: str, verdicts: tuple[str, ...]) -> dict[str, Taken]:
    table = answer(storage, Question.ask("runs", sources=[source], columns=[*ORDER, "inputs"]))
    runs = table.select(ORDER).append_column("row", pa.array(range(table.num_rows)))
    runs = runs.sort_by([("started_at", "ascending"), ("finished_at", "ascending")]).to_pylist()
    last = {run["dump"]: run for run in runs if run["kind"] == "ingest" and run["verdict"] in verdicts}
    return {dump: Taken(run["started_at"], sizes_of(table["inputs"][run["row"]].as_py())) for dump, run in last.items()}


def sizes_of(inputs: list[dict[str, Any]] | None) -> dict[str, int | None]:
    """The column `inputs` of a run, as `Taken` has it."""
    return {file["uri"]: file["bytes"] if file["complete"] else None for file in inputs or ()}
