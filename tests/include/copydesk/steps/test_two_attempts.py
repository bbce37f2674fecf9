"""A task that was taken for dead goes on while its next attempt is at work, or after: what is published is one of them whole."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from copydesk import pipeline
from copydesk.run import Run
from copydesk.storage import Storage

DATASETS = ("clean", "quarantine", "removed")
WRITES = 6  # at which the first attempt is frozen, from its first on

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1200)]

Published = dict[str, bytes]


def published(lake: Storage) -> Published:
    return {file.path: lake.read_bytes(file.path) for name in DATASETS for file in lake.files(name)}


def work_until(run: Run, step: str) -> None:
    pipeline.plan(run)
    pipeline.segment(run, 0)
    pipeline.add_up_repetition(run)
    if step == "publish":
        pipeline.clean(run, 0)
        pipeline.judge(run)


@pytest.fixture(params=["folder", "bucket"])
def copies(request, tmp_path) -> Callable[[Path], str]:
    """Makes as many copies of a lake as there are writes, on disk or in a bucket; their common name."""

    def copy(lake: Path) -> str:
        if request.param == "folder":
            for write in range(WRITES):
                shutil.copytree(lake, tmp_path / f"copy-{write}")
            return str(tmp_path / "copy")
        store = request.getfixturevalue("store")
        folder = f"archive/{abs(hash(tmp_path)):x}"
        for write in range(WRITES):
            target = Storage.open(store.uri(f"{folder}-{write}"))
            for file in lake.rglob("*"):
                if file.is_file():
                    target.write_bytes(str(file.relative_to(lake)), file.read_bytes())
        return store.uri(folder)

    return copy


def lakes(common: str, count: int) -> list[Storage]:
    head, _, options = common.partition("?")
    return [Storage.open(f"{head}-{write}{'?' if options else ''}{options}") for write in range(count)]


def two_attempts(step: str, common: str, run: Run, *other: str) -> list[dict[str, int]]:
    script = Path(__file__).with_name("two_attempts.py")
    command = [sys.executable, str(script), step, str(WRITES), common, run.source.model_dump_json(exclude_unset=True), *other]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1000)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told) >= 3, f"frozen at {len(told)} writes only; {done.stderr}"
    assert {attempts["second"] for attempts in told} == {0}, done.stderr
    return told


def test_a_zombie_of_the_same_task_changes_no_byte(press, page, copies):
    press.dump([page(n) for n in range(12)] + [{"url": "https://paper.example/broken"}])
    run = press.run()
    work_until(run, "publish")
    common = copies(Path(run.settings.lake))
    pipeline.publish(run)
    told = two_attempts("publish", common, run)
    assert all(published(lake) == published(run.lake) for lake in lakes(common, len(told)))


def test_a_zombie_of_another_run_of_the_day_leaves_one_of_them_whole(press, page, copies):
    """A late file came between the two runs, so each of the datasets differs."""
    press.dump([page(n) for n in range(12)] + [{"url": "https://paper.example/broken"}])
    one = press.run()
    work_until(one, "publish")
    press.dump([page(n) for n in range(20, 32)] + [{"url": "https://paper.example/broken-too"}])
    two = replace(one, run_id="two")
    work_until(two, "publish")
    common = copies(Path(one.settings.lake))
    whole = []
    for run in (one, two):
        pipeline.publish(run)
        whole.append(published(run.lake))
    assert all(whole[0][path] != content for path, content in whole[1].items() if path in whole[0])
    told = two_attempts("publish", common, one, "two")
    assert all(published(lake) in whole for lake in lakes(common, len(told)))


def test_a_zombie_of_a_shard_that_is_cleaned_leaves_what_one_attempt_would_have(press, page, copies):
    press.dump([page(n) for n in range(12)] + [{"url": "https://paper.example/broken"}])
    run = press.run()
    work_until(run, "clean")
    common = copies(Path(run.settings.lake))
    pipeline.clean(run, 0)
    judge_and_publish(run)
    told = two_attempts("clean", common, run)
    for write, lake in enumerate(lakes(common, len(told))):
        head, _, options = common.partition("?")
        other = run.settings.model_copy(update={"lake": f"{head}-{write}{'?' if options else ''}{options}"})
        judge_and_publish(replace(run, settings=other))
        assert published(lake) == published(run.lake)


def judge_and_publish(run: Run) -> None:
    pipeline.judge(run)
    pipeline.publish(run)
