"""Names of months → their number, in the languages newspapers of the samples and the tests print."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files


@cache
def _beginnings() -> list[tuple[str, int]]:
    """Beginnings of month names, the longest first."""
    table = tomllib.loads(files("copydesk.fields").joinpath("months.toml").read_text("utf-8"))
    starts = [(start, number) for number, names in enumerate(table.values(), 1) for start in names]
    return sorted(starts, key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=1024)
def month_of(word: str) -> int | None:
    """The month that `word` names, in full or abbreviated."""
    word = word.lower()
    return next((number for start, number in _beginnings() if word.startswith(start)), None)
