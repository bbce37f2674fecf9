from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from copydesk import read
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import Source

DAY = "2026-11-03"
TEXT = (
    "The harbour office counted {n} boats on Monday, more than in any week since the bridge was mended. "
    "Fishermen said that they would rather have counted fish, of which nobody had seen any."
)
RULES = """
import ctypes, os, signal
from copydesk.sites import Ruling, rule

@rule("loop.example", first="2020-01-01")
def loop(page):
    while True:
        pass

@rule("killed.example", first="2020-01-01")
def killed(page):
    os.kill(os.getpid(), signal.SIGKILL)

@rule("crash.example", first="2020-01-01")
def crash(page):
    ctypes.string_at(0)

@rule("prints.example", first="2020-01-01")
def prints(page):
    print("a line that must not be taken for an answer")
    os.write(1, b"nor this one")
    return Ruling()
"""


def make_page(n: int, host: str = "paper.example", extra: str = "") -> dict[str, Any]:
    """A page of an article of its own."""
    body = f"<article><h1>Boats counted, part {n}</h1><p>{TEXT.format(n=n)}</p><p>{TEXT.format(n=n + 1)}</p></article>"
    return {"url": f"https://{host}/{n}", "content": body + extra, "published": f"2026-11-{n % 3 + 1:02}T10:00:00Z"}


class Press:
    """A raw root with one JSON-lines source, and lakes beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.source = Source.model_validate(
            {
                "name": "paper",
                "raw": "{key}/*",
                "format": "jsonl",
                "record": {"published_at": "published"},
                "quality": {"max_quarantined_share": 1.0},
            }
        )
        (root / "raw" / DAY).mkdir(parents=True)

    def dump(self, *files: Sequence[dict[str, Any]]) -> None:
        for n, pages in enumerate(files):
            (self.root / "raw" / DAY / f"{n:03}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in pages), "utf-8")

    def run(self, lake: str = "lake", **settings: Any) -> Run:
        """In this process: each of several would import everything for a few pages; `test_pipeline.py` has several."""
        roots = {"raw": str(self.root / "raw"), "lake": str(self.root / lake), "sources": str(self.root)}
        found = Settings(**{"processes": 1, **roots, **settings})
        return Run(self.source, DAY, "one", found)

    def rows(self, dataset: str, lake: str = "lake") -> list[dict[str, Any]]:
        return read(dataset, root=str(self.root / lake)).to_pylist()

    def published(self, dataset: str, lake: str = "lake") -> dict[str, bytes]:
        folder = self.root / lake / dataset
        return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def page() -> Callable[..., dict[str, Any]]:
    return make_page


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return Press(tmp_path)


@pytest.fixture
def hostile_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Site rules for hosts that are named for what reading them does."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "hostile.py").write_text(RULES)
    monkeypatch.setenv("COPYDESK_SITE_RULES", str(folder))
