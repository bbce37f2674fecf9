"""The figures of a run in words, each beside what it was in the good runs before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from copydesk.dumps import is_day
from copydesk.lake.run_files import RunFiles, last_ingests
from copydesk.lake.run_lines import RunLine, read_row
from copydesk.quality.figures import FIGURES, Figure, Scale
from copydesk.quality.history import DAYS_A_RUN, NEAR
from copydesk.schema import PUBLISHED
from copydesk.views.run.sparkline import Sparkline, draw

Values = Mapping[str, float | None]
LEAST_SPAN = {Scale.SHARE: 0.05, Scale.LEVEL: 0.05, Scale.DAYS: 1.0}  # of a chart
LEAST_RATIO = 0.2  # the same for amounts, of the value


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure of a run."""

    name: str
    description: str
    value: str
    usual: str | None  # None where too few runs are known
    limit: str | None
    severity: str
    is_outside: bool
    chart: Sparkline | None


def figures_of(row: Mapping[str, Any], past: Sequence[Values]) -> list[Measured]:
    """Every figure the run recorded: those outside their limits first, then in the order of the documentation."""
    recorded = {one["figure"]: one for one in row.get("figures") or ()}
    found = [_measured(figure, recorded[figure.name], past) for figure in FIGURES if figure.name in recorded]
    return sorted(found, key=lambda one: not one.is_outside)


def past_figures(files: RunFiles, line: RunLine, count: int) -> list[Values]:
    """The figures of the last good runs of days before this one, oldest first; none for an archive."""
    if not is_day(line.dump):
        return []
    day = date.fromisoformat(line.dump).toordinal()
    good: list[RunLine] = []
    for days in (NEAR, DAYS_A_RUN):  # as far as the judgement looks back, not to the first day of the source
        if len(good) < count:
            first, last = (date.fromordinal(max(1, day - back)) for back in (int(days * count), 1))
            good = [run for run in _good(files, line.source, first, last) if run.dump < line.dump]
    rows = (read_row(files.storage, run.path, ["figures"]) for run in good[-count:])
    return [{one["figure"]: one["value"] for one in row["figures"]} for row in rows if row and row.get("figures")]


def _good(files: RunFiles, source: str, first: date, last: date) -> list[RunLine]:
    """The last ingestion of each day in a range, where it was good, by day."""
    runs = last_ingests(files.lines(first, last, [source]))
    return [run for _, run in sorted(runs.items()) if run.verdict in PUBLISHED]


def in_words(scale: Scale, value: float | None) -> str:
    """A value as people say it."""
    if value is None:
        return "not known"
    if scale is Scale.SHARE:
        return f"{100 * value:.3g} %"
    if scale is Scale.DAYS:
        return f"{value:.3g} day{'' if value == 1 else 's'}"
    return f"{value:,.0f}" if scale in (Scale.COUNT, Scale.AMOUNT) else f"{value:.3g}"


def limits_in_words(scale: Scale, at_least: float | None, at_most: float | None) -> str | None:
    """`at most 12 %`; None where there is no limit."""
    known = [f"{name} {in_words(scale, value)}" for name, value in _sides(at_least, at_most) if value is not None]
    return " and ".join(known) or None


def _measured(figure: Figure, one: Mapping[str, Any], past: Sequence[Values]) -> Measured:
    value, low, high = one["value"], one["usual_low"], one["usual_high"]
    usual = None if low is None or high is None else (low, high)
    return Measured(
        figure.name,
        figure.description,
        in_words(figure.scale, value),
        usual and _span(figure.scale, *usual),
        limits_in_words(figure.scale, one["at_least"], one["at_most"]),
        figure.severity.value,
        value is not None and _is_outside(value, one["at_least"], one["at_most"]),
        draw(
            [run.get(figure.name) for run in past], value, usual, LEAST_SPAN.get(figure.scale, LEAST_RATIO * max(value or 0, 1))
        ),
    )


def _span(scale: Scale, low: float, high: float) -> str:
    first, last = in_words(scale, low), in_words(scale, high)
    return first if first == last else f"{first} to {last}"


def _is_outside(value: float, at_least: float | None, at_most: float | None) -> bool:
    return (at_least is not None and value < at_least) or (at_most is not None and value > at_most)


def _sides(at_least: float | None, at_most: float | None) -> Iterable[tuple[str, float | None]]:
    return ("at least", at_least), ("at most", at_most)
