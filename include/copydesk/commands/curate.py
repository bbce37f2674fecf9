"""`copydesk curate`: `articles` brought up to date with `clean`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from copydesk.commands.environment import WrongCall, preparing, reaching
from copydesk.commands.terminal import counted, progress, say
from copydesk.dumps import is_month

if TYPE_CHECKING:
    from copydesk.settings import Settings

MAX_PROCESSES = 4  # each holds a month of articles


def curate(month: str | None) -> int:
    """Curate one publication month, or every month that was touched since its last curation."""
    if month is not None and not is_month(month):
        raise WrongCall(f"--month {month}: no such month; give it as YYYY-MM, such as 2026-11, or `unknown`")
    from copydesk.curate.due import months_due
    from copydesk.curate.months import months_held
    from copydesk.settings import Settings
    from copydesk.storage import Storage

    with preparing(), reaching("COPYDESK_LAKE"):
        settings = Settings.from_env()
        lake = Storage.open(settings.lake)
        lake.check_writable()
    months = [month] if month else months_due(lake)
    if not months and months_held(lake):
        say(f"{lake.uri}: every month is up to date")
    elif not months:
        say(f"{lake.uri}: `clean` holds no articles yet; `copydesk run SOURCE KEY` ingests a dump")
    with progress() as report:
        for done, (each, counts) in enumerate(_curated(months, settings), 1):
            report("months", done, len(months))
            say(f"{each}: {counted(counts)}")
    return 0


def _curated(months: list[str], settings: Settings) -> Iterator[tuple[str, dict[str, int]]]:
    """Each month with its counts, several side by side, in the order in which they end."""
    from copydesk import pipeline
    from copydesk.processes.pool import Processes, cores

    with Processes(min(settings.processes or cores(), MAX_PROCESSES)) as processes:
        yield from processes.each(partial(pipeline.curate, settings=settings), months)
