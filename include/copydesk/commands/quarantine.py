"""`copydesk quarantine`: what was not accepted, why, and how to bring it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from copydesk.commands.environment import WrongCall, preparing, reaching
from copydesk.commands.release import named_run, writable
from copydesk.commands.terminal import counted, printable, remark, say

if TYPE_CHECKING:
    from copydesk.run import Run
    from copydesk.steps.quarantined import Quarantined

HELD = "held: nothing of this run is published; `copydesk release` or `copydesk reject` decides"


def list_quarantine(name: str | None, key: str | None) -> int:
    """A line for each dump and reason; a record counts under each reason it has."""
    from copydesk.steps.quarantined import quarantined

    runs = [named_run(name, key)] if name and key else list(_dumps(name))
    if not runs:
        say(f"no run{f' of {name}' if name else ''} is on record; `copydesk run SOURCE KEY` ingests a dump")
    for run in runs:
        rows, is_held = _known(run) if key else quarantined(run)
        counts = _reasons(rows["reasons"].to_pylist())
        total = f"{rows.num_rows} records{' (held)' if is_held else ''}"
        reasons = ", ".join(f"{reason} {count}" for reason, count in counts.most_common())
        say(printable(f"{run.source.name} {run.key}: {total}{': ' if reasons else ''}{reasons}"))
    return 0


def show_quarantine(name: str, key: str, reason: str | None, limit: int) -> int:
    """Each record in a few lines: title and address, what was wrong, where its raw bytes are."""
    if limit < 1:
        raise WrongCall(f"--limit {limit}: give a number from 1 up")
    rows, is_held = _known(named_run(name, key))
    if is_held:
        remark(f"{name} {key}: {HELD}")
    columns = [column for column in rows.column_names if column != "body"]
    chosen = [row for row in rows.select(columns).to_pylist() if reason is None or reason in row["reasons"]]
    if not chosen:
        remark(f"{name} {key}: {_nothing(reason, rows['reasons'].to_pylist())}")
    for row in chosen[:limit]:
        for line in _told(row):
            say(line)
    if len(chosen) > limit:
        remark(f"{len(chosen) - limit} more; --limit shows them")
    return 0


def replay(name: str, key: str, reason: str | None) -> int:
    """Do the records again and say what came of it."""
    from copydesk import pipeline

    run = writable(named_run(name, key))
    outcome = pipeline.replay(run, reason)
    months = outcome.pop("touched_months")
    missing = outcome["not_found"]
    if not outcome["replayed"] and not missing:
        remark(f"{name} {key}: {_nothing(reason, _known(run).rows['reasons'].to_pylist())}")
    say(f"{name} {key}: {counted(outcome)}")
    if missing:
        remark(
            f"{missing} records are not at their origin any more, since the raw file changed or is gone; they stay in quarantine"
        )
    for month in months if outcome["accepted"] else ():
        say(f"next: copydesk curate --month {month}")
    return 0


def _known(run: Run) -> Quarantined:
    """What was not accepted of a dump; BadInput where no run of it left anything to look at."""
    from copydesk.errors import BadInput
    from copydesk.lake.layout import partition_path
    from copydesk.lake.manifest import load
    from copydesk.schema import QUARANTINE
    from copydesk.steps.quarantined import quarantined

    found = quarantined(run)
    if not found.is_held and load(run.lake, partition_path(QUARANTINE, run.values)) is None:
        raise BadInput(f"{run.source.name} {run.key}: no run of it is published or held; `copydesk datasets` shows what there is")
    return found


def _reasons(rows: Iterable[list[str]]) -> Counter[str]:
    return Counter(reason for reasons in rows for reason in reasons)


def _nothing(reason: str | None, rows: list[list[str]]) -> str:
    """That there is no such record, and what there is instead."""
    if not rows:
        return "nothing is in quarantine"
    found = _reasons(rows)
    if reason is None or reason in found:
        return "what an agency withdrew or sent again stays in quarantine; a run of the dump settles it anew"
    return f"nothing in quarantine has the reason {reason}; there are {', '.join(sorted(found))}"


def _dumps(name: str | None) -> Iterator[Run]:
    """The dumps of a source, or of all, that left a trace in `runs`."""
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
