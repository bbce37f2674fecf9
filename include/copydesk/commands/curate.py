"""`copydesk curate`: `articles` brought up to date with `clean`."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING

from copydesk.commands.environment import WrongCall, preparing, reaching
from copydesk.commands.terminal import counted, progress, say

if TYPE_CHECKING:
    from copydesk.settings import Settings

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])|unknown")
MAX_WORKERS = 4  # each holds a month of articles


def curate(month: str | None) -> int:
    """Curate one publication month, or every month that was touched since its last curation."""
    if month is not None and not MONTH.fullmatch(month):
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

    if len(months) <= 1:  # a pool would start slower than a month takes
        yield from ((month, pipeline.curate(month, settings)) for month in months)
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for the children: their number is the parallelism
    workers = min(len(months), os.cpu_count() or 1, MAX_WORKERS)
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = {pool.submit(pipeline.curate, month, settings): month for month in months}
        try:
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
