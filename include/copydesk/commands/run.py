"""`copydesk run`: one partition ingested, in a process pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.commands.environment import preparing, reaching
from copydesk.commands.terminal import counted, printable, progress, remark, say

if TYPE_CHECKING:
    from copydesk.run import Run

MONTHS_NAMED = 3


def run(name: str, key: str, place: str | None = None) -> int:
    """Ingest the dump of the day `key`, or the archive of that name, and say what came of it."""
    from copydesk.dumps import kind_of, place_of
    from copydesk.pipeline import dump_is_there, finished_shards, resumable, run_partition
    from copydesk.run import Run

    with preparing():
        partition = Run.from_env(name, key, "", kind_of(key), place)
        with reaching("COPYDESK_LAKE"):
            partition.lake.check_writable()
        with reaching("COPYDESK_RAW"):
            is_there = dump_is_there(partition)  # asked in any case: a key that can be none is the caller's mistake
            marker = _missing_marker(partition) if is_there else None
    if marker:
        remark(
            f"{name} {key}: going on without {marker}, which says that the dump is complete; this command does not wait for it"
        )
    partition = resumable(partition)
    if any((done := finished_shards(partition)).values()):
        remark(f"{name} {key}: going on where an earlier call ended: {counted(done)}")
    with progress() as report:
        outcome = run_partition(partition, on_progress=report)
    months, files, reasons = (outcome.pop(name) for name in ("touched_months", "files_to_look_at", "verdict_reasons"))
    say(f"{name} {key}: {counted(outcome)}")
    if not is_there:
        where = partition.raw.uri_of(partition.place or place_of(partition.source.raw, key))
        remark(f"{name} {key}: no raw file at {where}; published as empty")
    for line in (*reasons, *files):
        say(f"  {printable(line)}")
    if len(months) > MONTHS_NAMED:
        say(f"next: copydesk curate, for the {len(months)} months it touched")
    for month in months if len(months) <= MONTHS_NAMED else ():
        say(f"next: copydesk curate --month {month}")
    return 0


def _missing_marker(partition: Run) -> str | None:
    """The marker of the day that is not there, where the source waits for one."""
    from copydesk.dumps import is_day
    from copydesk.raw.inputs import marker_of

    waits = is_day(partition.key) and partition.place is None and partition.source.on_missing == "wait"
    marker = marker_of(partition.source, partition.key) if waits else None
    return partition.raw.uri_of(marker) if marker and partition.raw.size(marker) is None else None
