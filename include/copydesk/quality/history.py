"""What is usual for a source, learned from its good runs of other days."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from copydesk.lake.question import Question
from copydesk.lake.reading import answer
from copydesk.quality.figures import FIGURES, Figure, Scale, Side, Values, day_of
from copydesk.schema import OLDEST_FIRST, PUBLISHED, Judged
from copydesk.sources import Source
from copydesk.storage import Storage

QUANTILES = (0.05, 0.95)
# How far from the usual a value may always be, however steady the source was: a day of news is no machine's output.
LEAST_WIDTH = {Scale.AMOUNT: math.log(2.5), Scale.COUNT: math.log(2.5), Scale.SHARE: 0.12, Scale.LEVEL: 0.08, Scale.DAYS: 5.0}
FEW_RECORDS = 3  # so many records more or less are no sign either
NEAR = 1.5  # days a run where there is one each day, and some were held
DAYS_A_RUN = 7  # a source may have a dump a week
COLUMNS = ("dump", "kind", "started_at", "finished_at", "verdict", "figures", "records_seen")


@dataclass(frozen=True, slots=True)
class Usual:
    """Between which values a figure of the source usually is, and the limits made of that; None: no limit on that side."""

    low: float
    high: float
    at_least: float | None
    at_most: float | None
    runs: int


@dataclass(frozen=True, slots=True)
class Past:
    """The figures of one good run."""

    key: str
    values: Mapping[str, float | None]
    is_released: bool = False  # a person saw it and called it right


def good_runs(storage: Storage, source: Source, key: str) -> list[Past]:
    """The last good run of each day before `key`, as many as the source wants; where those are fewer, of days after it too."""
    day = day_of(key)
    if day is None:
        return []
    wanted = source.quality.history_runs
    # Of a daily source that has been there for long, a twentieth of the files is enough.
    near = _good(storage, source, _shifted(day, timedelta(days=-NEAR * wanted)), _shifted(day, timedelta(days=-1)))
    if len(near) < wanted:
        reach = timedelta(days=DAYS_A_RUN * wanted)
        near = _good(storage, source, _shifted(day, -reach), _shifted(day, reach))
    before = sorted((dump for dump in near if dump < key), reverse=True)
    after = sorted(dump for dump in near if dump > key)
    return [_past(near[dump]) for dump in [*before, *after][:wanted]]


def _good(storage: Storage, source: Source, first: date, last: date) -> dict[str, dict[str, Any]]:
    """The last ingestion of each day in a range, where it was good.

    Where a source may have no dump, such a day says nothing about dumps: among few runs, or with one each week, it would make any size usual.
    """
    least = 1 if source.on_missing == "empty" else 0
    question = Question.ask("runs", first, last, [source.name], COLUMNS)
    runs = answer(storage, question).sort_by(OLDEST_FIRST).to_pylist()
    last_of = {run["dump"]: run for run in runs if run["kind"] == "ingest"}
    good = {dump: run for dump, run in last_of.items() if run["verdict"] in PUBLISHED and run["figures"]}
    return {dump: run for dump, run in good.items() if run["records_seen"] >= least}


def learn(past: Sequence[Past], today: Values, source: Source) -> dict[str, Usual]:
    """What is usual, by figure; nothing of a figure that fewer runs have than the source asks for."""
    return dict(_learned(past, today, source))


def _learned(past: Sequence[Past], today: Values, source: Source) -> Iterator[tuple[str, Usual]]:
    for figure in FIGURES:
        known = [(value, run.is_released) for run in past if (value := run.values.get(figure.name)) is not None]
        if len(known) >= source.quality.min_history_runs:
            wish = source.quality.expect.get(f"usual:{figure.name}")
            yield figure.name, _usual(figure, known, today["records_seen"] or 0, (wish and wish.tolerance) or 1.0)


def _usual(figure: Figure, known: Sequence[tuple[float, bool]], records: float, tolerance: float) -> Usual:
    """Quantiles, and limits as far beyond them as they are apart, or farther where the runs are few.

    Quantiles rather than mean and deviation: a paper has weekends, and a single odd day must not widen what is usual.
    """
    is_ratio = figure.scale in (Scale.AMOUNT, Scale.COUNT)
    values = np.array([value for value, _ in known])
    scaled = np.log1p(values) if is_ratio else values
    low, high = np.quantile(scaled, QUANTILES)
    few = FEW_RECORDS / max(records, 1) if figure.scale is Scale.SHARE else 0.0
    width = tolerance * (max(high - low, LEAST_WIDTH[figure.scale]) * (1 + 3 / len(known)) + few)
    released = scaled[[is_released for _, is_released in known]]
    limits = min([low - width, *released]), max([high + width, *released])
    usual = [float(value) for value in (low, high, *limits)]
    if is_ratio:
        usual = [max(0.0, math.expm1(value)) for value in usual]
    if figure.scale is Scale.COUNT:
        usual[2], usual[3] = max(0.0, usual[2] - FEW_RECORDS), usual[3] + FEW_RECORDS
    return Usual(
        usual[0],
        usual[1],
        None if figure.side is Side.HIGH else usual[2],
        None if figure.side is Side.LOW else usual[3],
        len(known),
    )


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta() else date.max


def _past(run: Mapping[str, Any]) -> Past:
    return Past(run["dump"], {one["figure"]: one["value"] for one in run["figures"]}, run["verdict"] == Judged.RELEASED)
