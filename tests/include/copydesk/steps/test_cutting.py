"""A shard that one process reads and cuts leaves what it leaves where one reads and another cuts."""

from __future__ import annotations

import subprocess
import sys

import pytest

from copydesk import pipeline
from copydesk.steps.reading import READER
from copydesk.steps.segmenting import segment_shard
from copydesk.steps.working import WORKER

NAMES = ("documents.arrow", "blocks.arrow", "lines.arrow", "rejects.arrow", "inputs.json")


def left_by(run):
    return {name: run.work.storage.read_bytes(run.work.path(run.work.shard(0, name))) for name in NAMES}


@pytest.mark.parametrize("killer", [None, 0, 1, 4, 5, 7])
def test_reading_and_cutting_in_one_process_leaves_the_same_bytes_whatever_dies_where(press, page, hostile_rules, killer):
    pages = [page(n, "killed.example" if n == killer else "paper.example") for n in range(8)]
    press.dump(pages[:5], [], pages[5:7], pages[7:])
    (press.root / "raw" / "2026-11-03" / "0001b.jsonl").write_text('{"content": "No end')
    run = press.run(batch_records=2)
    pipeline.plan(run)
    counts = segment_shard(run, 0)
    found = left_by(run)
    assert counts == segment_shard(run, 0, lambda _: True)
    assert left_by(run) == found
    assert counts == {"documents": 8 - (killer is not None), "rejected": 2 + (killer is not None)}


def test_a_shard_of_no_record_leaves_the_account_of_its_files(press):
    press.dump([])
    run = press.run()
    pipeline.plan(run)
    assert segment_shard(run, 0) == {"documents": 0, "rejected": 1}
    (account,) = run.work.read_json(run.work.shard(0, "inputs.json"))
    assert (account["records"], account["rejected"], account["complete"]) == (1, 1, True)


def test_where_nothing_dies_one_process_reads_and_cuts_and_no_other_is_asked(press, page):
    press.dump([page(n) for n in range(5)], [page(5)])
    run = press.run(batch_records=2)
    pipeline.plan(run)
    READER.start()
    WORKER.close()
    before = READER.process_id
    segment_shard(run, 0)
    assert READER.process_id == before
    with pytest.raises(ValueError, match="no process runs"):
        assert WORKER.process_id


def test_whoever_reads_cuts_or_labels_knows_no_great_expectations():
    script = "import sys, copydesk.steps.cutting, copydesk.steps.working; print('great_expectations' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"
