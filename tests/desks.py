"""A raw root with one JSON-lines source, and lakes beside it: what tests of whole runs share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from copydesk import pipeline, read
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import Source

DAY = "2026-11-03"
TEXT = (
    "The town council voted on Monday to repaint every bench in the park, after a survey found that four in ten visitors "
    "would rather stand. The work begins in spring and will take {n} days."
)


def line(n: int, **more: Any) -> dict[str, Any]:
    """A page of an article of its own."""
    html = f"<article><h1>Council repaints bench number {n}</h1><p>{TEXT.format(n=n)}</p><p>{TEXT.format(n=n + 1)}</p></article>"
    row = {"url": f"https://paper.example/{n}", "content": html, "published": f"2026-11-{n % 3 + 1:02}T10:00:00Z"}
    return row | more


class Desk:
    """A raw root with one JSON-lines source, and its lake."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.raw = root / "raw"
        self.raw.mkdir()
        self.source = self.make_source()

    def make_source(self, on_missing: str = "fail", **quality: float) -> Source:
        record = {"published_at": "published"}
        table = {
            "name": "paper",
            "raw": "{key}/*",
            "format": "jsonl",
            "on_missing": on_missing,
            "record": record,
            "quality": quality,
        }
        return Source.model_validate(table)

    def dump(self, *files: list[dict[str, Any] | str]) -> None:
        folder = self.raw / DAY
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for n, rows in enumerate(files):
            lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
            (folder / f"{n}.jsonl").write_text("\n".join(lines), "utf-8")

    def run(self, run_id: str = "one", lake: str = "lake", **settings: int) -> Run:
        found = Settings(raw=str(self.raw), lake=str(self.root / lake), sources=str(self.root), **settings)
        return Run(self.source, DAY, run_id, found)

    def rows(self, dataset: str, lake: str = "lake") -> list[dict[str, Any]]:
        return read(dataset, root=str(self.root / lake)).to_pylist()

    def bytes(self, lake: str = "lake") -> dict[str, bytes]:
        """What readers see, byte for byte; `runs` grows by design."""
        folder = self.root / lake
        files = (file for name in ("clean", "quarantine", "removed") for file in (folder / name).rglob("*") if file.is_file())
        return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def steps(run: Run) -> list[Callable[[], Any]]:
    """The calls of a run with one shard, in order."""
    return [
        lambda: pipeline.plan(run),
        lambda: pipeline.segment(run, 0),
        lambda: pipeline.add_up_repetition(run),
        lambda: pipeline.clean(run, 0),
        lambda: pipeline.judge(run),
        lambda: pipeline.publish(run),
    ]
