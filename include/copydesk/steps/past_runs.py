"""The run that published a dump as it stands, from `runs`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.lake.ingested import runs_of
from copydesk.run import Run
from copydesk.schema import PUBLISHED
from copydesk.storage import Storage

COLUMNS = ("run_id", "kind", "verdict", "inputs")


@dataclass(frozen=True, slots=True)
class Published:
    """What made a partition what it is."""

    mark: list[str]  # another one whenever the partition was published anew
    uris: Sequence[str]  # of the raw files of its last ingestion

    def paths(self, raw: Storage) -> list[str]:
        """The raw files as paths below the root, where they lie there."""
        return [path for uri in self.uris if (path := raw.path_of(uri)) is not None]


def last_published(run: Run) -> Published | None:
    """None where nothing of the dump was published."""
    rows = runs_of(run.lake, run.source.name, run.key, COLUMNS).to_pylist()
    good = [row for row in rows if row["verdict"] in PUBLISHED]
    ingested = [row for row in good if row["kind"] == "ingest"]
    if not ingested:
        return None
    last = good[-1]
    return Published([last["run_id"], last["finished_at"].isoformat()], [file["uri"] for file in ingested[-1]["inputs"] or ()])
