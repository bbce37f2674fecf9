"""`copydesk run`: one partition ingested, in a process pool."""

from __future__ import annotations

import secrets

from copydesk.commands.environment import preparing
from copydesk.commands.terminal import progress, say


def run(name: str, key: str) -> int:
    """Ingest the dump `key` of the source `name`, and say what came of it."""
    from copydesk.pipeline import Run, run_partition

    with preparing():
        partition = Run.from_env(name, key, f"cli-{secrets.token_hex(8)}")
    with progress() as report:
        outcome = run_partition(partition, on_progress=report)
    say(f"{name} {key}: " + ", ".join(f"{what} {count}" for what, count in outcome.items() if isinstance(count, int | str)))
    for month in outcome["touched_months"]:
        say(f"next: copydesk curate --month {month}")
    return 0
