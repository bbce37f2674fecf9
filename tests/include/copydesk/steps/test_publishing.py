"""What shards made, as one partition."""

from __future__ import annotations

import json
from typing import Any

from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import load
from copydesk.pipeline import run_partition
from copydesk.schema import CLEAN, QUARANTINE, REMOVED


def test_what_many_shards_made_is_published_in_one_file(press: Any, page: Any) -> None:
    press.dump(*([page(n), page(n + 10), page(n + 20) | {"content": "<p>Too short.</p>"}] for n in range(4)))
    run = press.run(shard_bytes=1)
    run_partition(run)
    run_partition(press.run("whole"))

    for dataset in (CLEAN, QUARANTINE, REMOVED):
        manifest = load(run.lake, partition_path(dataset, run.values))
        assert manifest
        assert [part.rows for part in manifest.parts] == [len(press.rows(dataset.name, "whole"))]
        found, expected = (
            sorted(json.dumps(row, default=str) for row in press.rows(dataset.name, lake)) for lake in ("lake", "whole")
        )
        assert found == expected
    assert len(press.rows("clean")) == 8


def test_a_run_puts_on_record_what_its_stages_took(press: Any, page: Any) -> None:
    press.dump([page(1), page(2)])
    run_partition(press.run())

    [row] = press.rows("runs")
    seconds = {one["stage"]: one["seconds"] for one in row["timings"]}
    assert list(seconds) == ["segment", "clean", "validate", "judge"]
    assert all(each > 0 for each in seconds.values())
