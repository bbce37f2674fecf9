"""`copydesk run`: one partition ingested, in a process pool."""

from __future__ import annotations

import secrets

from copydesk.commands.environment import preparing, reaching
from copydesk.commands.terminal import counted, progress, say


def run(name: str, key: str) -> int:
    """Ingest the dump `key` of the source `name`, and say what came of it."""
    from copydesk.pipeline import Run, dump_is_there, run_partition

    with preparing():
        partition = Run.from_env(name, key, f"cli-{secrets.token_hex(8)}")
        with reaching("COPYDESK_LAKE"):
            partition.lake.check_writable()
        with reaching("COPYDESK_RAW"):
            dump_is_there(partition)  # whether or not it is: a key that can be none is the caller's mistake
    with progress() as report:
        outcome = run_partition(partition, on_progress=report)
    months = outcome.pop("touched_months")
    say(f"{name} {key}: {counted(outcome)}")
    for month in months:
        say(f"next: copydesk curate --month {month}")
    return 0
