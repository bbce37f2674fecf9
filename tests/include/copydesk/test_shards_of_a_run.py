"""One dump in several shards: the same rows, the same verdict, and each record once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk import pipeline
from copydesk.pipeline import run_partition
from copydesk.processes.pool import ALONE, Processes
from copydesk.steps import counting
from copydesk.workdir import REPETITION
from desks import Desk, line


def test_an_id_in_two_shards_is_kept_once(desk: Desk) -> None:
    desk.dump([line(n) for n in range(4)], [line(3), *(line(n) for n in range(4, 8))])
    run = desk.run(shard_bytes=1)
    assert len(pipeline.plan(run)) == 2
    pipeline.run_alone(run)
    pipeline.judge(run)
    pipeline.publish(run)
    (row,) = desk.rows("quarantine")

    assert len(desk.rows("clean")) == 8
    assert (row["reasons"], Path(row["origin_uri"]).name) == (["duplicate_id"], "1.jsonl")


def test_cut_blocks_of_a_repeated_record_are_not_counted_twice(desk: Desk) -> None:
    desk.dump([*(line(n) for n in range(6)), line(1)])
    run_partition(desk.run())
    places = [(row["article_id"], row["ordinal"]) for row in desk.rows("removed")]

    assert len(places) == len(set(places))


def test_several_shards_give_the_rows_and_the_verdict_that_one_gives(desk: Desk) -> None:
    """One text under several addresses, in one shard or in three."""
    desk.dump(*([{**line(1), "url": f"https://paper.example/copy-{n}"}, line(n + 10)] for n in range(3)))
    run_partition(desk.run("one", "whole"))
    run_partition(desk.run("two", "parted", shard_bytes=1))

    def rows(lake: str, dataset: str) -> list[str]:
        return sorted(json.dumps(row, default=str, sort_keys=True) for row in desk.rows(dataset, lake))

    for dataset in ("clean", "removed", "quarantine"):
        assert rows("parted", dataset) == rows("whole", dataset)
    assert len(rows("whole", "clean")) == 6
    (whole,), (parted,) = desk.rows("runs", "whole"), desk.rows("runs", "parted")
    for told in ("verdict", "verdict_reasons", "expectations", "figures"):
        assert parted[told] == whole[told]
    assert {one["figure"]: one["value"] for one in whole["figures"]}["same_text_share"] == 0.5


def test_progress_counts_the_shards_of_each_step(desk: Desk) -> None:
    desk.dump([line(1)])
    seen: list[tuple[str, int, int]] = []
    run_partition(desk.run(), lambda *progress: seen.append(progress))

    assert seen == [("segment", 0, 1), ("segment", 1, 1), ("clean", 0, 1), ("clean", 1, 1)]


def test_repeated_lines_are_the_same_however_many_cuts_and_processes_add_them_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.dump(*([line(n) for n in range(first, first + 4)] for first in (0, 4, 8)))
    run = desk.run(shard_bytes=1)
    for shard in pipeline.plan(run):
        pipeline.segment(run, shard)
    found = []
    with Processes(2) as processes:
        for pass_bytes in (counting.PASS_BYTES, 1):
            monkeypatch.setattr(counting, "PASS_BYTES", pass_bytes)
            for workers in (ALONE, processes):
                pipeline.add_up_repetition(run, workers)
                rows = [row for table in run.work.read_tables(REPETITION) for row in table.to_pylist()]
                found.append(sorted(rows, key=str))

    assert len(found[0]) > 1
    assert all(each == found[0] for each in found)
