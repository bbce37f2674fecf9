"""A run by hand that is killed, whenever, goes on where it was, and publishes the bytes of one that was not."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from copydesk.cli import main
from copydesk.lake.layout import lock_path
from copydesk.pipeline import finished_shards, plan, resumable, segment
from copydesk.run import Run
from copydesk.steps.planning import forget_abandoned

DATASETS = ("clean", "quarantine", "removed")
PARAGRAPH = "The council of {town} voted on Monday to repaint every bench in its park, which will take {n} days and much paint. "
SOURCE = """
name = "wire"
raw = "wire/{key}/*"
format = "jsonl"
[record]
published_at = "published"
[quality]
max_quarantined_share = 0.5
"""


@pytest.fixture
def archive(roots: Path) -> Path:
    """Six files of an archive of ten years, some lines broken; the root of raw dumps, lake and sources."""
    (roots / "sources").mkdir()
    (roots / "sources" / "wire.toml").write_text(SOURCE)
    (roots / "raw" / "old").mkdir(parents=True)
    for number in range(6):
        rows = [article(number * 10 + n) for n in range(10)] + ["{broken"]
        (roots / "raw" / "old" / f"{number:02}.jsonl").write_text("\n".join(rows))
    return roots


def article(n: int) -> str:
    text = "".join(f"<p>{PARAGRAPH.format(town=f'Northbank {n}', n=n + k)}</p>" for k in range(3))
    html = f"<html><body><article><h1>Council of Northbank repaints bench number {n}</h1>{text}</article></body></html>"
    return json.dumps({"url": f"https://wire.example/{n}", "content": html, "published": f"{2010 + n % 10}-0{n % 9 + 1}-11"})


def command(root: Path, lake: str) -> subprocess.Popen[str]:
    environment = os.environ | {"COPYDESK_LAKE": str(root / lake), "COPYDESK_SHARD_BYTES": "1", "OPENBLAS_NUM_THREADS": "1"}
    arguments = [sys.executable, "-m", "copydesk.cli", "run", "wire", "wire-2010-2019", "--path", "old/*.jsonl"]
    with (root / "told").open("w") as told:
        return subprocess.Popen(arguments, env=environment, start_new_session=True, stdout=told, stderr=told)


def published(lake: Path) -> dict[str, bytes]:
    files = (file for name in DATASETS for file in (lake / name).rglob("*") if file.is_file())
    return {str(file.relative_to(lake)): file.read_bytes() for file in files}


def finished(lake: Path, name: str) -> int:
    return len(list((lake / ".staging").rglob(f"shard-*/{name}")))


@pytest.mark.timeout(1200)
def test_a_run_killed_at_several_moments_publishes_the_same_bytes(archive: Path) -> None:
    whole = command(archive, "whole")
    assert whole.wait() == 0, (archive / "told").read_text()
    lake = archive / "killed"
    moments = [("segmented.json", 2), ("cleaned.json", 2)]
    for name, count in moments:
        process = command(archive, "killed")
        while finished(lake, name) < count and process.poll() is None:
            time.sleep(0.02)
        assert process.poll() is None, "the kill came too late to prove anything"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert published(lake) == {}
    last = command(archive, "killed")
    returncode, told = last.wait(), (archive / "told").read_text()
    assert returncode == 0, told
    assert "going on where an earlier call ended: segmented 6, cleaned " in told
    assert "05.jsonl: partial, rejected 1 of 11: truncated 1" in told
    assert published(lake) == published(archive / "whole")


@pytest.fixture
def run(archive: Path) -> Run:
    from copydesk.dumps import Kind

    return resumable(Run.from_env("wire", "wire-2010-2019", "", Kind.ARCHIVE, "old/*.jsonl"))


def test_a_plan_of_an_unchanged_dump_keeps_what_is_finished(run: Run) -> None:
    plan(run)
    first = segment(run, 0)
    plan(run)
    assert finished_shards(run) == {"segmented": 1, "cleaned": 0}
    assert segment(run, 0) == first


def test_another_number_of_processes_goes_on_with_what_is_finished(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(run)
    segment(run, 0)
    monkeypatch.setenv("COPYDESK_PROCESSES", "3")
    again = resumable(Run.from_env("wire", run.key, "", run.kind, run.place))
    plan(again)
    assert again.run_id == run.run_id
    assert finished_shards(again) == {"segmented": 1, "cleaned": 0}


@pytest.mark.parametrize("change", ["a file", "a time", "the source", "a setting"])
def test_a_dump_that_changed_in_any_way_is_begun_anew(
    run: Run, archive: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(run)
    segment(run, 0)
    file = archive / "raw" / "old" / "03.jsonl"
    if change == "a file":
        file.write_text(file.read_text() + "\n" + article(900))
    elif change == "a time":
        os.utime(file, (1, 1))
    elif change == "the source":
        (archive / "sources" / "wire.toml").write_text(SOURCE.replace("0.5", "0.4"))
    else:
        monkeypatch.setenv("COPYDESK_MAX_HTML_DEPTH", "100")
    again = resumable(Run.from_env("wire", run.key, "", run.kind, run.place))
    assert again.run_id != run.run_id
    plan(again)
    forget_abandoned(again)
    assert finished_shards(again) == finished_shards(run) == {"segmented": 0, "cleaned": 0}
    assert run.work.read_json("plan.json") is None


def test_a_second_run_at_the_same_time_says_who_is_at_work(run: Run, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(run.lake.full(lock_path("run clean/source=wire/dump=wire-2010-2019")))
    path.parent.mkdir(parents=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711")
        lock.flush()
        assert main(["run", "wire", "wire-2010-2019", "--path", "old/*.jsonl"]) == 1
    assert "process 4711 is at work on clean/source=wire/dump=wire-2010-2019" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2026-11-03", "--path", "old/*"], "a path needs the name of an archive"),
        (["2026-11-3"], "is no day such as 2026-11-03, and no name of an archive"),
        (["old", "--path", "../old/*"], "must be relative to COPYDESK_RAW and stay below it"),
        (["old", "--path", "/etc/*"], "must be relative to COPYDESK_RAW and stay below it"),
    ],
)
def test_a_key_or_a_path_that_would_do_harm_is_refused(
    archive: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "wire", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_an_archive_without_files_is_no_empty_one(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "wire", "lost", "--path", "lost/*"]) == 1
    assert "no file at" in capsys.readouterr().err
