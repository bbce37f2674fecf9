"""A source of an agency's items in ninjs with versions and withdrawals, and its lake: what tests of those share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from copydesk import pipeline, read
from copydesk.curate.due import months_due
from copydesk.pipeline import run_partition
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.storage import Storage

TEXTS = {
    "wall": "The harbour wall of Wrenmouth was closed to traffic after divers found a crack below the water line. The harbour master said "
    "that nobody had been in danger, and that ferries would leave from the north side for some weeks.",
    "pier": "Two hundred people danced on the old pier at the weekend, when its new lamps were lit for the first time since the storm. "
    "A brass band had come from across the bay and played until the last train was called.",
    "quay": "A baker has opened the first shop on the quay in nine years, and sold every loaf before ten in the morning. She plans to "
    "hire three apprentices by spring, if the council lets her put tables outside.",
    "mole": "Children of the village school counted seals from the mole for a study that runs in eleven countries. They found more than "
    "last year, their teacher reported, and one that wore a ring from Norway.",
    "dock": "Engineers have begun to drain the dry dock, where a lightship from before the war will be painted. The work was put off twice "
    "for want of money, until a retired captain left her savings to the museum.",
}
NOV_30, DEC_1, DEC_2 = "2026-11-30", "2026-12-01", "2026-12-02"


def item(version: int | None = 1, name: str = "wall", status: str = "usable", **more: Any) -> dict[str, Any]:
    html = f"<p>{TEXTS[name]}</p><p>It was reported on the {version or 0}th of the month by those who live beside it.</p>"
    row = {
        "uri": f"urn:tide:{name}",
        "type": "text",
        "pubStatus": status,
        "headline": f"Harbour wall of {name} is closed, version {version}",
        "firstCreated": "2026-11-30T08:00:00Z",
        "versionCreated": f"2026-11-30T1{version or 0}:00:00Z",
        "body_html": html,
    }
    return row | ({"version": str(version)} if version else {}) | more


def killed(version: int | None = 2, name: str = "wall", status: str = "canceled") -> dict[str, Any]:
    return item(version, name, status, edNote="Kill: it was the pier.") | {"body_html": "", "headline": "KILL: wall"}


class Agency:
    """A source of ninjs, and its lake, on a disk or on object storage."""

    def __init__(self, raw: str, lake: str) -> None:
        self.roots = {"raw": raw, "lake": lake}
        self.raw, self.lake = Storage.open(raw), Storage.open(lake)

    def arrive(self, day: str, *files: Iterable[dict[str, Any]]) -> dict[str, Any]:
        """A dump comes and is run, in as many shards as it has files; the months that are due are curated."""
        for n, items in enumerate(files):
            self.raw.write_bytes(f"{day}/{n}.json", json.dumps(list(items)).encode())
        run = self.run(day, max(len(files), 1))
        counts = run_partition(run)
        for month in months_due(self.lake):
            pipeline.curate(month, run.settings)
        return counts

    def run(self, day: str, shards: int = 1) -> Run:
        table = {"name": "tide", "raw": "{key}/*", "format": "ninjs"}
        size = {"shard_bytes": 1} if shards > 1 else {}
        settings = Settings(**self.roots, sources="none", processes=1, **size)
        return Run(Source.model_validate(table), day, "one", settings)

    def rows(self, dataset: str, **more: Any) -> list[dict[str, Any]]:
        return read(dataset, root=self.roots["lake"], **more).to_pylist()

    def titles(self, dataset: str = "articles") -> list[str]:
        return sorted(
            row["title"].removeprefix("Harbour wall of ").replace(" is closed, version", "") for row in self.rows(dataset)
        )

    def reasons(self) -> list[tuple[str, ...]]:
        return sorted(tuple(row["reasons"]) for row in self.rows("quarantine"))

    def published(self) -> dict[str, bytes]:
        """The files of all datasets but `runs`, whose times differ."""
        names = ("clean", "quarantine", "removed", "articles", "article_versions")
        return {file.path: self.lake.read_bytes(file.path) for name in names for file in self.lake.files(name)}
