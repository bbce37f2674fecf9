"""An archive on object storage, its run killed half-way: what the second call publishes there is what an undisturbed one does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from copydesk.storage import Storage
from localairflow.objects import ObjectStore

DATASETS = ("clean", "quarantine", "removed")
SOURCE = 'name = "wire"\nraw = "wire/{key}/*"\nformat = "jsonl"\nrecord.published_at = "published"\nquality.max_quarantined_share = 0.5\n'
PARAGRAPH = "The council of {town} voted on Monday to repaint every bench in its park, which will take {n} days and much paint. "

pytestmark = pytest.mark.integration


def article(n: int) -> str:
    text = "".join(f"<p>{PARAGRAPH.format(town=f'Northbank {n}', n=n + k)}</p>" for k in range(3))
    html = f"<html><body><article><h1>Council of Northbank repaints bench number {n}</h1>{text}</article></body></html>"
    return json.dumps({"url": f"https://wire.example/{n}", "content": html, "published": f"{2010 + n % 10}-0{n % 9 + 1}-11"})


@pytest.fixture
def sources(store: ObjectStore, tmp_path: Path) -> Path:
    """Four files of an archive of ten years in the bucket, some lines broken; the folder of its source."""
    raw = Storage.open(store.uri("archive/raw"))
    for number in range(4):
        rows = [article(number * 10 + n) for n in range(10)] + ["{broken"]
        raw.write_bytes(f"old/{number:02}.jsonl", "\n".join(rows).encode())
    (tmp_path / "wire.toml").write_text(SOURCE)
    return tmp_path


def run_archive(store: ObjectStore, sources: Path, lake: str) -> subprocess.Popen[bytes]:
    roots = {
        "COPYDESK_RAW": store.uri("archive/raw"),
        "COPYDESK_LAKE": store.uri(f"archive/{lake}"),
        "COPYDESK_SOURCES": str(sources),
    }
    limits = {"COPYDESK_SHARD_BYTES": "1", "COPYDESK_PROCESSES": "1", "OPENBLAS_NUM_THREADS": "1"}
    arguments = [sys.executable, "-m", "copydesk.cli", "run", "wire", "wire-2010-2019", "--path", "old/*.jsonl"]
    with (sources / "told").open("wb") as told:
        return subprocess.Popen(arguments, env=os.environ | roots | limits, start_new_session=True, stdout=told, stderr=told)


def finished(lake: Storage, name: str) -> int:
    return sum(file.path.endswith(f"/{name}") for file in lake.files(".staging"))


def published(lake: Storage) -> dict[str, bytes]:
    return {file.path: lake.read_bytes(file.path) for name in DATASETS for file in lake.files(name)}


@pytest.mark.timeout(1200)
def test_a_run_of_an_archive_that_is_killed_publishes_the_same_bytes_when_called_again(store: ObjectStore, sources: Path) -> None:
    assert run_archive(store, sources, "whole").wait() == 0, (sources / "told").read_text()
    killed = Storage.open(store.uri("archive/killed"))
    process = run_archive(store, sources, "killed")
    while finished(killed, "cleaned.json") < 2 and process.poll() is None:
        time.sleep(0.05)
    assert process.poll() is None, "the kill came too late to prove anything"
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not killed.files("clean")
    assert run_archive(store, sources, "killed").wait() == 0, (sources / "told").read_text()
    assert "going on where an earlier call ended: segmented 4, cleaned" in (sources / "told").read_text()
    assert published(killed) == published(Storage.open(store.uri("archive/whole"))) != {}
