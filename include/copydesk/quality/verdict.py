"""What becomes of a run: published, published with warnings, or held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from copydesk.quality.engine import SUCCESS_ONLY, batch_of, name_of, validate
from copydesk.quality.expected import Expected, Outcome
from copydesk.quality.figures import Values
from copydesk.quality.history import Usual
from copydesk.quality.outcome_wording import describe, quote
from copydesk.quality.suite import expected_of_runs, suite_of
from copydesk.schema import Judged, Severity
from copydesk.sources import Source

if TYPE_CHECKING:
    import pandas as pd

FEW_RECORDS = 5

SETTINGS = {
    "quarantined_share": "quality.max_quarantined_share",
    "duplicate_share": "quality.max_duplicate_share",
    "records_seen": "on_missing",
}


@dataclass(frozen=True, slots=True)
class Metrics:
    """The counts of one run, all shards together."""

    records_seen: int
    accepted: int
    rejected: int  # rows in quarantine, whatever stage stopped them
    duplicates: int = 0  # of the rejected: those whose id an earlier record had
    validated: int = 0  # rows that came as far as the row suite
    set_aside: int = 0  # of the rejected: versions and notices of agencies' items, which say nothing of the source


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision, why, and the outcome of every expectation of rows and run."""

    value: Judged
    reasons: list[str]
    outcomes: list[Outcome]
    expected: list[Expected]  # of the run
    figures: list[dict[str, Any]]  # rows of `schema.FIGURE`


def judge(
    metrics: Metrics,
    row_outcomes: Sequence[Outcome],
    source: Source,
    measured: Values | None = None,
    usual: Mapping[str, Usual] | None = None,
) -> Verdict:
    """Hold a run for its own critical failures, warn for warnings of either kind.

    A row's critical failure holds nothing: the row is in quarantine, and how many are is a figure of the run. Figures that were
    `measured` are held against what is `usual` for the source.
    """
    usual = usual or {}
    expected, figures = expected_of_runs(source, usual), _figures(metrics, source, measured or {})
    result = validate(batch_of(_frame(figures)), suite_of("run", expected), SUCCESS_ONLY)
    failed = {name_of(one) for one in result.results if not one.success}
    run_outcomes = [one.outcome(int(one.name in failed), _observed(figures[one.column])) for one in expected]
    run_reasons = [_run_reason(one, figures[one.column], metrics, source) for one in expected if one.name in failed]
    row_reasons = [_row_reason(one, metrics) for one in row_outcomes if _warns(one)]
    value = Judged.WARN if run_reasons or row_reasons else Judged.PASS
    if any(one.name in failed and one.rule.severity is Severity.CRITICAL for one in expected):
        value = Judged.HOLD
    records = [_recorded(name, value, usual.get(name)) for name, value in (measured or {}).items()]
    return Verdict(value, run_reasons + row_reasons, [*row_outcomes, *run_outcomes], expected, records)


def merge_outcomes(shards: Sequence[Sequence[Outcome]]) -> list[Outcome]:
    """One outcome an expectation: rows added up, examples of the first shard that has some."""
    merged: dict[tuple[str, str], Outcome] = {}
    for outcome in (outcome for shard in shards for outcome in shard):
        key = outcome["expectation"], outcome["column"]
        merged[key] = _add(merged[key], outcome) if key in merged else outcome
    return list(merged.values())


def _add(one: Outcome, other: Outcome) -> Outcome:
    sums = Outcome(**one)
    sums["success"] = one["success"] and other["success"]
    sums["failed_rows"] = one["failed_rows"] + other["failed_rows"]
    sums["observed"] = one["observed"] or other["observed"]
    return sums


def _figures(metrics: Metrics, source: Source, measured: Values) -> Values:
    """The figures the run suite judges; None is not judged."""
    seen = metrics.records_seen
    # One bad record of up to four is a quarter or more: over any usual limit, and no sign that the source has changed.
    # It is in quarantine; the day need not wait for it. Two of four are a sign, and where it is all there was, an empty day
    # must not take the place of a good one. A limit of 0 means what it says.
    faults = metrics.rejected - metrics.set_aside
    lone = faults == 1 < seen < FEW_RECORDS and source.quality.max_quarantined_share > 0
    return {
        **measured,
        "records_seen": seen if seen or source.on_missing != "empty" else None,  # an absent dump is fine where the source says so
        "records_accepted": metrics.accepted if seen > metrics.set_aside else None,
        "quarantined_share": faults / seen if seen and not lone else None,
        "duplicate_share": metrics.duplicates / seen if seen else None,
    }


def _frame(figures: Values) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([figures]).astype("float64")


def _recorded(name: str, value: float | None, usual: Usual | None) -> dict[str, Any]:
    known = {"figure": name, "value": value}
    if usual is None:
        return {**known, "usual_low": None, "usual_high": None, "at_least": None, "at_most": None}
    return {
        **known,
        "usual_low": usual.low,
        "usual_high": usual.high,
        "at_least": usual.at_least,
        "at_most": usual.at_most,
    }


def _observed(figure: float | None) -> str:
    return "not judged" if figure is None else quote(figure)


def _run_reason(expected: Expected, figure: float | None, metrics: Metrics, source: Source) -> str:
    aside = f", {metrics.set_aside} of them withdrawn or sent again" if metrics.set_aside else ""
    counts = f"{metrics.records_seen} seen, {metrics.accepted} accepted, {metrics.rejected} in quarantine{aside}"
    setting = SETTINGS.get(expected.column) if not expected.usual else None
    limit = f"; {setting} of source {source.name}" if setting else ""
    name = f"{expected.name}: " if expected.usual else ""
    return f"{expected.rule.severity.value}: {name}{describe(expected, figure)} ({counts}{limit})"


def _row_reason(outcome: Outcome, metrics: Metrics) -> str:
    name = f"{outcome['expectation']}:{outcome['column']}"
    return (
        f"{outcome['severity']}: {name} failed on {outcome['failed_rows']} of {metrics.validated} rows, as {outcome['observed']}"
    )


def _warns(outcome: Outcome) -> bool:
    return not outcome["success"] and outcome["severity"] == Severity.WARNING.value
