"""`copydesk curate`: `articles` brought up to date with `clean`."""

from __future__ import annotations

import re

from copydesk.commands.environment import WrongCall, preparing, reaching
from copydesk.commands.terminal import counted, progress, say

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])|unknown")


def curate(month: str | None) -> int:
    """Curate one publication month, or every month that `clean` or `articles` holds."""
    if month is not None and not MONTH.fullmatch(month):
        raise WrongCall(f"--month {month}: no such month; give it as YYYY-MM, such as 2026-11, or `unknown`")
    from copydesk import pipeline
    from copydesk.curate.months import months_held
    from copydesk.settings import Settings
    from copydesk.storage import Storage

    with preparing(), reaching("COPYDESK_LAKE"):
        settings = Settings.from_env()
        lake = Storage.open(settings.lake)
        lake.check_writable()
    months = [month] if month else months_held(lake)
    if not months:
        say(f"{lake.uri}: `clean` holds no articles yet; `copydesk run SOURCE KEY` ingests a dump")
    with progress() as report:
        for done, each in enumerate(months):
            report("months", done, len(months))
            say(f"{each}: {counted(pipeline.curate(each, settings))}")
    return 0
