"""The run that published a dump as it stands, from `runs`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from copydesk.dumps import Kind
from copydesk.lake.question import Question
from copydesk.lake.reading import answer
from copydesk.run import Run
from copydesk.schema import PUBLISHED
from copydesk.storage import Storage

COLUMNS = ("dump", "run_id", "kind", "started_at", "finished_at", "verdict", "inputs")


@dataclass(frozen=True, slots=True)
class Published:
    """What made a partition what it is."""

    mark: list[str]  # another one whenever the partition was published anew
    uris: Sequence[str]  # of the raw files of its last ingestion

    def paths(self, raw: Storage) -> list[str]:
        """The raw files as paths below the root, where they lie there."""
        root = f"{raw.uri_of('').rstrip('/')}/"
        return [uri.removeprefix(root) for uri in self.uris if uri.startswith(root)]


def last_published(run: Run) -> Published | None:
    """None where nothing of the dump was published."""
    day = run.key if run.kind is Kind.DAY else None
    table = answer(run.lake, Question.ask("runs", day, day, [run.source.name], COLUMNS))
    table = table.filter(pc.equal(table["dump"], run.key))
    rows = table.sort_by([("started_at", "ascending"), ("finished_at", "ascending")]).to_pylist()
    good = [row for row in rows if row["verdict"] in PUBLISHED]
    ingested = [row for row in good if row["kind"] == "ingest"]
    if not ingested:
        return None
    last = good[-1]
    return Published([last["run_id"], last["finished_at"].isoformat()], [file["uri"] for file in ingested[-1]["inputs"] or ()])
