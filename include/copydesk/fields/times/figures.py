"""Dates in figures: whether the month or the day comes first, from what else the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable

FIGURES = re.compile(r"(?<![\d./-])(?P<first>\d{1,2})(?P<sep>[/-])(?P<second>\d{1,2})(?P=sep)(?:(?:19|20)\d\d|\d\d(?!\d))")
SIGNS = "/-"  # one of which is in whatever the first matches
FOLDERS = re.compile(r"/(?:19|20)\d\d/(?P<month>0?[1-9]|1[0-2])/")
MONTHS = 12


def has_month_first(lines: Iterable[str], url: str | None) -> bool | None:
    """Whether figures like 2/7/24 begin with the month; None where nothing shows it."""
    likely = (line for line in lines if any(map(line.__contains__, SIGNS)))  # few lines, told in a tenth of the time
    dates = [(int(found["first"]), int(found["second"])) for line in likely for found in FIGURES.finditer(line)]
    for first, second in dates:
        if (first > MONTHS) != (second > MONTHS):
            return second > MONTHS
    folder = FOLDERS.search(url or "") if dates else None
    for first, second in dates if folder else ():
        if first != second and folder and int(folder["month"]) in (first, second):
            return int(folder["month"]) == first
    return None
