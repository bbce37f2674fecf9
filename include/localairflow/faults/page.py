"""The pages `docs/reliability.md`, of kills alone, and `docs/outages.md`, where services are away for minutes too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from os import getloadavg

from copydesk.benchmarks.circumstances import circumstances
from copydesk.benchmarks.markdown import grid
from localairflow.faults.experiment import Experiment, Result

HEAD = """# What becomes of a backfill {of}

<!-- Written by `python -m localairflow.faults --out {out}`; run that after a change of publishing, of the steps or of `deploy/config`. -->

Postgres, Valkey, SeaweedFS and Airflow with Celery workers run as processes of one machine, as `make cluster` starts them, with the settings of
`deploy/config`. A generated source is backfilled. Meanwhile processes are killed (`kill -9`, with all they have started), at moments and in an
order that a seed decides, and started again some seconds later. Then the steps of the same days are called one after the other in one process, without
Airflow and without faults, into a second lake, and every published file of both is compared."""

TAIL = """## What the figures do not say

- **The seconds** are those of a machine that may have had other work; what they show is that the end was reached.
- **Tries** are of tasks whose worker, scheduler or store was killed under them. A retry waits on purpose, a killed worker is missed after a minute: most of what a kill
  costs is waiting.
- **Power cuts** are not in it: the system's memory of what was written survives a `kill -9`.
- **Files in staging** are those of publications and runs that were cut short, and one for each run that ended; `copydesk housekeeping` removes them when they are old enough."""


KILLED = {"of": "whose processes are killed", "out": "docs/reliability.md"}
AWAY = {"of": "whose processes are killed, and whose services are away for minutes", "out": "docs/outages.md"}


def page(experiment: Experiment, result: Result) -> str:
    """What came of it."""
    parts = [
        HEAD.format(**(AWAY if experiment.outages else KILLED)),
        _given(experiment, result),
        _struck(experiment, result),
        _found(result),
        "## By what command",
        _command(experiment),
        TAIL,
    ]
    return "\n\n".join(parts) + "\n"


def _given(experiment: Experiment, result: Result) -> str:
    dumps = experiment.dumps
    rows = [
        ("days", f"{dumps.days:,}"),
        ("documents a day", f"{dumps.documents:,}"),
        ("Celery workers", f"{experiment.workers}"),
        ("kills", f"{experiment.kills:,}"),
        *((f"seconds for which {name} was away", f"{seconds:.0f}") for name, seconds in experiment.outages.items()),
        ("seconds from the backfill to its end", f"{result.course.seconds:,.0f}"),
    ]
    return grid(("what was done", ""), rows)


def _struck(experiment: Experiment, result: Result) -> str:
    kills = Counter(strike.victim for strike in result.course.strikes)
    ended = result.course.ended
    rows = [(name, f"{kills[name]:,}", f"{ended[name]:,}") for name in sorted({*experiment.victims, *ended})]
    return grid(("process", "killed", "ended by itself and started again"), rows)


def _found(result: Result) -> str:
    verdict = result.verdict
    again = sum(count for tries, count in verdict.tries.items() if tries > 1)
    rows = [
        ("runs", _counts(verdict.states)),
        ("tasks", f"{sum(verdict.tries.values()):,}"),
        ("of them tried more than once", f"{again:,}"),
        ("most tries of a task", f"{max(verdict.tries, default=0)}"),
        ("articles", f"{verdict.rows:,}"),
        ("published files of the lake without faults", f"{verdict.files:,}"),
        ("files that differ, are missing or too many", f"{len(verdict.different):,}"),
        ("findings of `copydesk scrub`", f"{len(verdict.findings):,}"),
        ("files left in staging, for housekeeping", f"{verdict.left:,}"),
    ]
    return grid(("what came of it", ""), rows)


def _command(experiment: Experiment) -> str:
    dumps = experiment.dumps
    command = f"python -m localairflow.faults --days {dumps.days} --documents {dumps.documents} --kills {experiment.kills}"
    command += f" --workers {experiment.workers} --seed {dumps.seed}"
    if experiment.outages:
        command += f" --outages {' '.join(f'{name}={seconds:.0f}' for name, seconds in experiment.outages.items())}"
    if experiment.more:
        command += f" --more {' '.join(experiment.more)}"
    told = circumstances(datetime.now(UTC).date(), command)
    load = " ".join(f"{share:.0f}" for share in getloadavg())
    return f"```sh\n{command}\n```\n\n{told.in_a_line} Load of the machine over 1, 5 and 15 minutes at the end: {load}."


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items()))
