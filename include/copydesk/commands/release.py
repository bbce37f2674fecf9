"""`copydesk release` and `copydesk reject`: what a person decides on a run that is held."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from copydesk.commands.environment import preparing, reaching
from copydesk.commands.terminal import counted, say

if TYPE_CHECKING:
    from copydesk.run import Run


def release(name: str, key: str, by: str | None, reason: str | None) -> int:
    """Publish the held run of a dump as it is."""
    from copydesk import pipeline
    from copydesk.steps.deciding import Decision

    outcome = pipeline.release(writable(named_run(name, key)), Decision(by or getpass.getuser(), datetime.now(UTC), reason))
    months = outcome.pop("touched_months")
    for told in ("files_to_look_at", "verdict_reasons"):  # when the run was held
        outcome.pop(told, None)
    say(f"{name} {key}: {counted(outcome)}")
    for month in months:
        say(f"next: copydesk curate --month {month}")
    return 0


def reject(name: str, key: str, by: str | None, reason: str | None) -> int:
    """Do away with the held run of a dump."""
    from copydesk import pipeline
    from copydesk.steps.deciding import Decision

    pipeline.reject(writable(named_run(name, key)), Decision(by or getpass.getuser(), datetime.now(UTC), reason))
    say(f"{name} {key}: rejected; what was published before still stands")
    return 0


def named_run(name: str, key: str) -> Run:
    """The dump of a source as a run without an id yet."""
    from copydesk.dumps import kind_of
    from copydesk.run import Run

    with preparing():
        return Run.from_env(name, key, "", kind_of(key))


def writable(run: Run) -> Run:
    """The run, once it is known that its lake takes what is written; who only looks may have no right to."""
    with preparing(), reaching("COPYDESK_LAKE"):
        run.lake.check_writable()
    return run
