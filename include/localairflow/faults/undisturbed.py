"""The lake as it is without Airflow and without faults: the steps of each day in turn, then curation, in one process.

`python -m localairflow.faults.undisturbed SOURCE KEY…`, with the settings in the environment.
"""

from __future__ import annotations

import sys

from copydesk import pipeline
from copydesk.commands.curate import curate
from copydesk.run import Run


def ingest(run: Run) -> None:
    """Every step in order, as a DAG run has them."""
    shards = pipeline.plan(run)
    for shard in shards:
        pipeline.segment(run, shard)
    pipeline.add_up_repetition(run)
    for shard in shards:
        pipeline.clean(run, shard)
    pipeline.judge(run)
    pipeline.publish(run)


def main(source: str, keys: list[str]) -> int:
    """The exit code of the curation."""
    for key in keys:
        ingest(Run.from_env(source, key, f"undisturbed-{key}"))
    return curate(None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
