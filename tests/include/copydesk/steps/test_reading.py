from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk import pipeline
from copydesk.sources import Source
from copydesk.steps.reading import READER, ShardReading


def test_every_record_comes_once_with_an_account_of_each_file(press, page):
    press.dump([page(n) for n in range(5)], [page(n) for n in range(5, 7)])
    run = press.run(batch_records=2)
    pipeline.plan(run)
    reading = ShardReading(run, 0)
    assert [item.url for item in reading] == [f"https://paper.example/{n}" for n in range(7)]
    assert [(account["records"], account["rejected"], account["complete"]) for account in reading.accounts] == [
        (5, 0, True),
        (2, 0, True),
    ]


def test_a_reader_that_is_killed_goes_on_where_it_was(press, page):
    press.dump([page(n) | {"content": page(n)["content"] + "x" * 400_000} for n in range(40)])
    run = press.run(batch_records=2)
    pipeline.plan(run)
    reading = ShardReading(run, 0)
    items = iter(reading)
    found = [next(items)]
    os.kill(READER.process_id, signal.SIGKILL)
    found += items
    assert [item.origin.ordinal for item in found] == list(range(40))
    assert [(account["records"], account["complete"]) for account in reading.accounts] == [(40, True)]


def test_what_a_reader_dies_of_again_costs_the_rest_of_its_file_and_nothing_else(press, page):
    press.dump(
        [page(n) | {"content": page(n)["content"] + "x" * 1_500_000} for n in range(9)], [page(9)]
    )  # no two fit into a pipe
    run = press.run(batch_records=3)
    pipeline.plan(run)
    reading = ShardReading(run, 0)
    found = []
    for item in reading:
        found.append(item)
        if item.origin.ordinal in (2, 4) and len(found) < 9:
            os.kill(READER.process_id, signal.SIGKILL)
    assert [item.origin.ordinal for item in found[:-1]] == list(range(len(found) - 1))
    rest, other = found[-2:]
    assert (rest.stage, rest.reason, rest.origin.ordinal) == ("read", "crashed", len(found) - 2)
    assert "the rest of the file was not read" in rest.detail
    assert other.url == "https://paper.example/9"
    first, second = reading.accounts
    assert (first["records"], first["rejected"], first["complete"]) == (len(found) - 1, 1, False)
    assert (second["records"], second["complete"]) == (1, True)


@pytest.mark.skipif(sys.platform != "linux", reason="only there the system keeps a process to its memory")
def test_parquet_that_unpacks_to_more_than_a_reader_may_take_costs_its_row_group_alone(press, tmp_path):
    path = tmp_path / "raw" / "2026-11-03" / "bomb.parquet"
    repeated = pa.array([["t" * 1000] * 400_000] * 3)  # one tag, which a dictionary holds once
    bomb = pa.table({"content": ["short"] * 3, "labels": repeated})
    good = pa.table({"content": ["good"] * 2, "labels": pa.array([["t"]] * 2)})
    with pq.ParquetWriter(path, bomb.schema, compression="zstd") as writer:
        writer.write_table(bomb)
        writer.write_table(good)
    assert path.stat().st_size < 100_000
    source = {"name": "paper", "raw": "{key}/*", "format": "parquet", "record": {"tags": "labels"}}
    run = replace(press.run(), source=Source.model_validate(source))
    pipeline.plan(run)
    reading = ShardReading(run, 0)
    bombed, *rest = list(reading)
    assert (bombed.reason, [item.content for item in rest]) == ("too_large", [b"good", b"good"])
    assert (
        f"row group 0 takes more memory than COPYDESK_MAX_READER_BYTES={run.settings.max_reader_bytes} bytes after 0 rows"
        in bombed.detail
    )
    assert [(account["records"], account["rejected"]) for account in reading.accounts] == [(3, 1)]
    assert peak_bytes(READER.process_id) < run.settings.max_reader_bytes


def peak_bytes(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))
