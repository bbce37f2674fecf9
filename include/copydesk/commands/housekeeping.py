"""`copydesk housekeeping`: what dead runs left, and what was kept long enough, goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.filesize import decimal

from copydesk.commands.environment import preparing, reaching
from copydesk.commands.terminal import remark, say

if TYPE_CHECKING:
    from copydesk.upkeep.waste import Waste


def housekeeping(*, is_rehearsal: bool) -> int:
    """Take away all that may go, one line each; with `is_rehearsal` only say what."""
    from copydesk.lake.reading import open_lake
    from copydesk.settings import Settings
    from copydesk.upkeep.housekeeping import survey, tidy

    with preparing(), reaching("COPYDESK_LAKE"):
        settings = Settings.from_env()
        lake = open_lake(settings.lake)
    now = datetime.now(UTC)
    found = survey(lake, settings, now)
    if is_rehearsal:
        for waste in found:
            say(line_of(waste))
        say(f"would go: {_total(found)}")
        return 0
    gone = []
    for done in tidy(lake, settings, found, now):
        if done.is_removed:
            gone.append(done.waste)
            say(line_of(done.waste))
        else:
            remark(f"{done.waste.path}: touched meanwhile, and left")
    say(f"gone: {_total(gone)}")
    return 0


def line_of(waste: Waste) -> str:
    """One thing, for people."""
    return (
        f"{waste.kind}: {waste.path}: {decimal(waste.bytes)} in {waste.files} files, untouched since {waste.touched_at:%Y-%m-%d}"
    )


def _total(found: Sequence[Waste]) -> str:
    return f"{sum(waste.files for waste in found):,} files ({decimal(sum(waste.bytes for waste in found))})"
