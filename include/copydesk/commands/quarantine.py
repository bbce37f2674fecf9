"""`copydesk quarantine`: what was not accepted, why, and how to bring it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from copydesk.commands.environment import WrongCall, preparing, reaching
from copydesk.commands.release import named_run
from copydesk.commands.terminal import counted, printable, remark, say

if TYPE_CHECKING:
    from copydesk.pipeline import Run

HELD = "held: nothing of this run is published; `copydesk release` or `copydesk reject` decides"


def list_quarantine(name: str | None, key: str | None) -> int:
    """A line for each dump and reason; a record counts under each reason it has."""
    from copydesk.steps.quarantined import quarantined

    for run in _dumps(name, key):
        rows, is_held = quarantined(run)
        counts = Counter(reason for reasons in rows["reasons"].to_pylist() for reason in reasons)
        total = f"{rows.num_rows} records{' (held)' if is_held else ''}"
        reasons = ", ".join(f"{reason} {count}" for reason, count in counts.most_common())
        say(printable(f"{run.source.name} {run.key}: {total}{': ' if reasons else ''}{reasons}"))
    return 0


def show_quarantine(name: str, key: str, reason: str | None, limit: int) -> int:
    """Each record in a few lines: title and address, what was wrong, where its raw bytes are."""
    from copydesk.steps.quarantined import quarantined

    if limit < 1:
        raise WrongCall(f"--limit {limit}: give a number from 1 up")
    rows, is_held = quarantined(named_run(name, key))
    if is_held:
        remark(f"{name} {key}: {HELD}")
    columns = [column for column in rows.column_names if column != "body"]
    chosen = [row for row in rows.select(columns).to_pylist() if reason is None or reason in row["reasons"]]
    for row in chosen[:limit]:
        for line in _told(row):
            say(line)
    if len(chosen) > limit:
        remark(f"{len(chosen) - limit} more; --limit shows them")
    return 0


def replay(name: str, key: str, reason: str | None) -> int:
    """Do the records again and say what came of it."""
    from copydesk import pipeline

    outcome = pipeline.replay(named_run(name, key), reason)
    months = outcome.pop("touched_months")
    missing = outcome["not_found"]
    say(f"{name} {key}: {counted(outcome)}")
    if missing:
        remark(
            f"{missing} records are not at their origin any more, since the raw file changed or is gone; they stay in quarantine"
        )
    for month in months if outcome["accepted"] else ():
        say(f"next: copydesk curate --month {month}")
    return 0


def _dumps(name: str | None, key: str | None) -> Iterator[Run]:
    """The dumps that were asked for, of those that left a trace in `runs`."""
    if name and key:
        yield named_run(name, key)
        return
    from copydesk.errors import BadInput
    from copydesk.lake.layout import partition_folders
    from copydesk.lake.reading import open_lake
    from copydesk.schema import RUNS
    from copydesk.settings import Settings
    from copydesk.sources import CURATE

    with preparing(), reaching("COPYDESK_LAKE"):
        lake = open_lake(Settings.from_env().lake)
    for values, _ in partition_folders(lake, RUNS):
        source, dump = str(values["source"]), str(values["dump"])
        if source == CURATE or name not in (None, source):
            continue
        try:
            yield named_run(source, dump)
        except BadInput as error:  # the source file may be gone, and the others are still to be listed
            remark(str(error))


def _told(row: Mapping[str, Any]) -> Iterator[str]:
    named = " | ".join(printable(str(row[name])) for name in ("title", "url", "article_id") if row[name])
    yield named or "(neither title nor address is known)"
    yield f"  {row['stage']}: {printable('; '.join(row['reasons']))}: {printable(row['detail'] or '')}"
    member = f" member {row['origin_member']}" if row["origin_member"] else ""
    yield "  " + printable(f"{row['origin_uri']}{member} #{row['origin_ordinal']} at byte {row['origin_offset']}")
