"""What is in the lake, from manifests and runs alone: no data file is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from copydesk.lake.layout import Values, partition_folders, values_of
from copydesk.lake.manifest import partitions
from copydesk.lake.question import Question
from copydesk.lake.reading import answer
from copydesk.schema import CLEAN, DATASETS, OLDEST_FIRST, QUARANTINE
from copydesk.storage import Storage

RUN_COLUMNS = ("source", "dump", "run_id", "kind", "started_at", "finished_at", "verdict")

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """One partition of one dataset; what is known of its dump stands where the dataset is partitioned by dump."""

    dataset: str
    values: Values
    rows: int
    bytes: int
    files: int
    quarantined: int | None = None
    verdict: str | None = None  # of the last run, which may have published nothing, or what a person decided on it
    run_id: str | None = None
    started_at: datetime | None = None


def inventory(storage: Storage) -> list[Holding]:
    """Every partition by dataset and path; a dump that was held and never published stands under `clean` with no files."""
    holdings = {(holding.dataset, *holding.values.values()): holding for holding in _published(storage)}
    quarantined = {key[1:]: holding.rows for key, holding in holdings.items() if holding.dataset == QUARANTINE.name}
    runs = dict(_last_runs(storage))
    for source, dump in runs:
        empty = Holding(CLEAN.name, values_of(CLEAN, {"source": source, "dump": dump}), 0, 0, 0)
        holdings.setdefault((CLEAN.name, source, dump), empty)
    return [_described(holdings[key], key[1:], quarantined, runs) for key in sorted(holdings, key=str)]


def _published(storage: Storage) -> Iterator[Holding]:
    for dataset in DATASETS.values():
        if dataset.appends:
            for values, folder in partition_folders(storage, dataset):
                sizes = [file.size for file in storage.files(folder, recursive=False)]
                yield Holding(dataset.name, values, rows=len(sizes), bytes=sum(sizes), files=len(sizes))  # a file is one run
            continue
        for values, manifest in partitions(storage, dataset):
            yield Holding(dataset.name, values, manifest.rows, manifest.size, len(manifest.parts))


def _described(holding: Holding, key: Key, quarantined: dict[Key, int], runs: dict[Key, dict[str, Any]]) -> Holding:
    if key not in runs and key not in quarantined:
        return holding
    run = runs.get(key, {})
    return replace(
        holding,
        quarantined=quarantined.get(key),
        verdict=run.get("verdict"),
        run_id=run.get("run_id"),
        started_at=run.get("started_at"),
    )


def _last_runs(storage: Storage) -> Iterator[tuple[Key, dict[str, Any]]]:
    """The ingest runs by dump, oldest first, so that the last of a dump stays."""
    table = answer(storage, Question.ask("runs", columns=RUN_COLUMNS))
    for run in table.sort_by(OLDEST_FIRST).to_pylist():
        if run["kind"] == "ingest":
            yield (run["source"], run["dump"]), run
