"""What was expected of rows and run, in words, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from copydesk.quality.expected import USUAL, Expected
from copydesk.quality.figures import FIGURES
from copydesk.quality.rule_wording import WORDS
from copydesk.quality.suite import ROW_COLUMNS, RUN_FIGURES, expected_of_rows, expected_of_runs
from copydesk.sources import Source
from copydesk.views.run.figures import in_words, limits_in_words

GRAVEST = ("critical", "warning")
FIGURE = {figure.name: figure for figure in FIGURES}
DESCRIPTIONS = {column.name: column.description for column in ROW_COLUMNS} | {one.name: one.description for one in FIGURES}


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One expectation; the words may hold code in backticks."""

    name: str
    of: str
    expected: str | None  # None where the source does not expect it any more
    severity: str
    is_met: bool
    failed_rows: int | None  # None where it is a figure of the run that is judged
    observed: str | None


def outcomes_of(row: Mapping[str, Any], source: Source | None) -> list[OutcomeLine]:
    """Every outcome the run recorded, the gravest failures first; limits are those of the source as it is now."""
    figures = {one["figure"]: one for one in row.get("figures") or ()}
    words = dict(_words(source, figures.values()))
    lines = [_line(one, words, figures) for one in row.get("expectations") or ()]
    return sorted(lines, key=lambda line: (line.is_met, GRAVEST.index(line.severity), -(line.failed_rows or 0)))


def _line(one: Mapping[str, Any], words: Mapping[str, str], figures: Mapping[str, Mapping[str, Any]]) -> OutcomeLine:
    name, column, observed = f"{one['expectation']}:{one['column']}", one["column"], one["observed"]
    is_of_run = one["expectation"] == USUAL or column in RUN_FIGURES
    if is_of_run and column in figures and column in FIGURE:
        observed = in_words(FIGURE[column].scale, figures[column]["value"])
    return OutcomeLine(
        name,
        DESCRIPTIONS.get(column, f"{column.replace('_', ' ').capitalize()}."),
        words.get(name),
        one["severity"],
        one["success"],
        None if is_of_run else one["failed_rows"],
        observed,
    )


def _words(source: Source | None, figures: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    for one in [*expected_of_rows(source, None), *expected_of_runs(source)] if source else ():
        yield one.name, _wish(one)
    for figure in figures:
        if known := FIGURE.get(figure["figure"]):
            yield f"{USUAL}:{known.name}", limits_in_words(known.scale, figure["at_least"], figure["at_most"]) or "no limit"


def _wish(expected: Expected) -> str:
    figure, limits = FIGURE.get(expected.column), expected.rule.arguments
    if figure and "min_value" in limits:
        return limits_in_words(figure.scale, limits["min_value"], limits["max_value"]) or "no limit"
    return WORDS[expected.rule.expectation](limits)
