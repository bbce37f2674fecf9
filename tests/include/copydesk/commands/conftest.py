from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from copydesk.cli import main

DAY = "2026-11-03"
SENTENCE = "The ferry to the outer island was late again on day {n}, and nobody on the quay could say what had kept it so long."


class Said(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


Call = Callable[..., Said]


class Gazette:
    """A source of JSON lines whose articles must have so many words, and of which a fifth at most may be refused."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("raw", "lake", "sources"):
            (root / name).mkdir()
        self.ask_for(min_words=30)

    def ask_for(self, *, min_words: int) -> None:
        head = 'name = "gazette"\nraw = "{key}/*"\nformat = "jsonl"\nrecord.published_at = "published"\n'
        quality = f"[quality]\nmin_words = {min_words}\nmax_quarantined_share = 0.2\n"
        (self.root / "sources" / "gazette.toml").write_text(head + quality, "utf-8")

    def deliver(self, *, long: Sequence[int], short: Sequence[int]) -> None:
        """The dump of the day: numbered articles of three sentences, and of one."""
        lines = [_line(n, 3) for n in long] + [_line(n, 1) for n in short]
        folder = self.root / "raw" / DAY
        folder.mkdir(exist_ok=True)
        (folder / "0.jsonl").write_text("\n".join(lines), "utf-8")


def _line(n: int, sentences: int) -> str:
    body = "".join(f"<p>{SENTENCE.format(n=n + part)}</p>" for part in range(sentences))
    content = f"<article><h1>Ferry number {n} is late again</h1>{body}</article>"
    return json.dumps({"url": f"https://gazette.example/{n}", "content": content, "published": f"{DAY}T10:00:00Z"})


@pytest.fixture
def gazette(roots: Path) -> Gazette:
    return Gazette(roots)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """A command of `copydesk`, by its words."""

    def run(*words: str) -> Said:
        capsys.readouterr()
        code = main(words)
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def held(gazette: Gazette, call: Call) -> Gazette:
    """Three articles, of which two were refused, so that the day waits for somebody to decide."""
    gazette.deliver(long=[1], short=[2, 3])
    assert call("run", "gazette", DAY).code == 1
    return gazette


@pytest.fixture
def published(gazette: Gazette, call: Call) -> Gazette:
    """Nine articles, of which one was refused, which is no reason to hold the day."""
    gazette.deliver(long=range(1, 9), short=[9])
    assert call("run", "gazette", DAY).code == 0
    return gazette
