"""What `copydesk datasets` says of files that came after their day."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk import read
from copydesk.cli import main

SOURCE = 'name = "paper"\nraw = "paper/{key:%Y/%m/%d}/*"\nformat = "jsonl"\nrecord.published_at = "published"\n'
SENTENCE = "The harbour board has voted to dredge channel {n} before winter, at a cost that nobody would name on Tuesday."

Show = Callable[[], tuple[list[str], str]]


@pytest.fixture(autouse=True)
def paper(roots: Path) -> Path:
    """One source; its folder of raw dumps."""
    for name in ("raw", "lake", "sources"):
        (roots / name).mkdir()
    (roots / "sources" / "paper.toml").write_text(SOURCE)
    return roots / "raw" / "paper"


@pytest.fixture
def show(capsys: pytest.CaptureFixture[str]) -> Show:
    """The lines of `copydesk datasets`, and what it remarked beside them."""

    def run() -> tuple[list[str], str]:
        capsys.readouterr()
        assert main(["datasets"]) == 0
        shown = capsys.readouterr()
        return shown.out.splitlines(), shown.err

    return run


def deliver(paper: Path, day: str, name: str, *stories: int) -> Path:
    """Write a raw file of a day, with an article for each number."""
    file = paper / day.replace("-", "/") / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(json.dumps(story(n)) for n in stories), "utf-8")
    return file


def story(n: int) -> dict[str, str]:
    paragraphs = "".join(f"<p>{SENTENCE.format(n=n + part)}</p>" for part in range(3))
    page = f"<article><h1>Channel number {n} is to be dredged</h1>{paragraphs}</article>"
    return {"url": f"https://paper.example/{n}", "content": page, "published": "2026-11-03T10:00:00Z"}


def ingest(day: str) -> None:
    assert main(["run", "paper", day]) == 0
    time.sleep(0.02)  # a file system may tell times in steps of 10 ms


def late(lines: list[str]) -> dict[str, str]:
    """What stands in the last column, by day, for days that have something there."""
    dumps = [line.split() for line in lines if line.split()[:1] == ["paper"]]
    return {words[1]: " ".join(words[7:]) for words in dumps if words[7:]}


def test_files_that_came_or_changed_after_their_day_are_listed_and_a_new_run_takes_them_in(paper, show, roots):
    changed = deliver(paper, "2026-11-03", "1.jsonl", 1)
    deliver(paper, "2026-11-04", "1.jsonl", 2)
    ingest("2026-11-03")
    ingest("2026-11-04")
    lines, remarks = show()
    assert (late(lines), remarks) == ({}, "")

    deliver(paper, "2026-11-03", "2.jsonl", 3, 4)
    deliver(paper, "2026-11-05", "1.jsonl", 5)  # never ingested: nothing is late
    changed.write_text(changed.read_text().replace("Tuesday", "Wednesday"))
    lines, _ = show()
    assert list(late(lines)) == ["2026-11-03"]
    assert late(lines)["2026-11-03"].startswith("2 files (")
    assert lines[-1].startswith("late: 2 files (")
    assert "copydesk run SOURCE KEY" in lines[-1]

    ingest("2026-11-03")
    lines, _ = show()
    assert late(lines) == {}
    urls = read("clean", columns=["url"], root=roots / "lake")["url"].to_pylist()
    assert sorted(urls) == [f"https://paper.example/{n}" for n in (1, 2, 3, 4)]


def test_a_held_day_lists_files_that_its_run_has_not_seen(paper, show):
    broken = deliver(paper, "2026-11-03", "1.jsonl", 1)
    broken.write_text('{"url":\n{"url":\n')
    assert main(["run", "paper", "2026-11-03"]) == 1
    time.sleep(0.02)
    assert late(show()[0]) == {}
    deliver(paper, "2026-11-03", "2.jsonl", 2)
    lines, _ = show()
    assert lines[-1].startswith("late: 1 file (")


def test_a_file_of_the_same_size_that_was_written_again_is_late(paper, show):
    file = deliver(paper, "2026-11-03", "1.jsonl", 1)
    ingest("2026-11-03")
    file.write_text(file.read_text())
    assert late(show()[0])["2026-11-03"].startswith("1 file (")


def test_a_file_that_came_late_with_an_old_date_is_late_all_the_same(paper, show):
    deliver(paper, "2026-11-03", "1.jsonl", 1)
    ingest("2026-11-03")
    os.utime(deliver(paper, "2026-11-03", "2.jsonl", 2), (0, 0))
    assert late(show()[0])["2026-11-03"].startswith("1 file (")


def test_raw_files_that_are_deleted_after_their_day_are_no_matter(paper, show):
    file = deliver(paper, "2026-11-03", "1.jsonl", 1)
    ingest("2026-11-03")
    file.unlink()
    lines, remarks = show()
    assert (late(lines), remarks) == ({}, "")


def test_a_day_that_was_held_afterwards_still_counts_from_the_run_that_was_published(paper, show):
    file = deliver(paper, "2026-11-03", "1.jsonl", 1)
    ingest("2026-11-03")
    file.write_text('{"url": "https://paper.example/1"}\n{"url": "https://paper.example/2"}')
    assert main(["run", "paper", "2026-11-03"]) == 1
    assert late(show()[0])["2026-11-03"].startswith("1 file (")


def test_a_raw_root_that_is_gone_is_said_and_no_failure(paper, show):
    file = deliver(paper, "2026-11-03", "1.jsonl", 1)
    ingest("2026-11-03")
    file.unlink()
    paper.parent.rename(paper.parent.with_name("unmounted"))
    lines, remarks = show()
    assert any("2026-11-03" in line for line in lines)
    assert remarks.startswith(f"late files are not known: {paper.parent}: no such folder")


def test_a_source_file_that_is_gone_is_said_and_no_failure(paper, show, roots):
    deliver(paper, "2026-11-03", "1.jsonl", 1)
    ingest("2026-11-03")
    (roots / "sources" / "paper.toml").unlink()
    lines, remarks = show()
    assert any("2026-11-03" in line for line in lines)
    assert remarks.startswith("late files of paper are not known: ")
    assert "no source 'paper'" in remarks
