"""What must hold of each row and of each run, as Great Expectations suites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from copydesk.quality.expected import BETWEEN, PAIR, Expected
from copydesk.quality.figures import FIGURES
from copydesk.quality.history import Usual
from copydesk.quality.measures import MEASURES
from copydesk.quality.wishes import grant, refuse_unknown
from copydesk.schema import CLEAN, Rule, Severity, between, one_of
from copydesk.sources import Source

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.expectations.expectation import Expectation

ROW_COLUMNS = (*CLEAN.columns, *(measure.column for measure in MEASURES))
RUN_FIGURES = frozenset({"records_accepted", *(figure.name for figure in FIGURES)})


def check_expectations(source: Source) -> None:
    """SourceError where the source names a column or figure that does not exist, or an expectation that it cannot have."""
    refuse_unknown(source, RUN_FIGURES.union(column.name for column in ROW_COLUMNS))
    expected_of_rows(source, None)
    expected_of_runs(source)


def expected_of_rows(source: Source, not_after: datetime | None) -> list[Expected]:
    """The rules of the schema and of the measures narrowed to the source's limits, then the source's own; every name once.

    `not_after` comes from the partition, never from the clock: it stands in the details of quarantined rows.
    """
    if not_after is not None and not_after.tzinfo is None:
        raise ValueError(f"not_after {not_after.isoformat()} has no zone; publication times are in UTC")
    latest = not_after.astimezone(UTC).isoformat() if not_after else None
    times = dict.fromkeys(("published_at", "modified_at", "crawled_at"), (None, latest))
    limits = {"word_count": (source.quality.min_words, None), **times}
    expected = [
        Expected(column.name, _narrow(rule, *limits.get(column.name, (None, None))))
        for column in ROW_COLUMNS
        for rule in column.rules
    ]
    expected.append(Expected("modified_at", _not_less_than("published_at")))
    if source.language:
        expected.append(Expected("language", one_of([source.language], Severity.WARNING)))
    return grant(expected, source, {column.name for column in ROW_COLUMNS})


def expected_of_runs(source: Source, usual: Mapping[str, Usual] | None = None) -> list[Expected]:
    """What the figures of one run must meet: limits that are set, and those that were learned; a null figure is not judged."""
    quality = source.quality
    expected = [
        Expected("quarantined_share", between(None, quality.max_quarantined_share)),
        Expected("records_accepted", between(1, None, Severity.WARNING)),
        Expected("duplicate_share", between(None, quality.max_duplicate_share, Severity.WARNING)),
    ]
    if source.on_missing != "empty":
        expected.append(Expected("records_seen", between(1, None, Severity.WARNING)))
    for figure in FIGURES:
        if found := (usual or {}).get(figure.name):
            expected.append(Expected(figure.name, between(found.at_least, found.at_most, figure.severity), found))
    return grant(expected, source, RUN_FIGURES)


def suite_of(name: str, expected: Iterable[Expected]) -> ExpectationSuite:
    """A Great Expectations suite; each expectation carries its short name in `meta`."""
    from copydesk.quality.library import gx

    suite: ExpectationSuite = gx.ExpectationSuite(name=name, expectations=[_build(one) for one in expected])
    return suite


def _build(expected: Expected) -> Expectation:
    import great_expectations.expectations as catalogue
    from great_expectations.expectations.metadata_types import FailureSeverity

    kind = getattr(catalogue, expected.rule.expectation)
    column = "column_A" if expected.rule.expectation == PAIR else "column"
    arguments: dict[str, Any] = {column: expected.column, **expected.rule.arguments}
    severity = FailureSeverity(expected.rule.severity.value)
    built: Expectation = kind(**arguments, severity=severity, meta={"name": expected.name})
    return built


def _narrow(rule: Rule, low: float | str | None, high: float | str | None) -> Rule:
    """`rule` with the stricter of its limits and these, when it has limits."""
    if rule.expectation != BETWEEN:
        return rule
    lows = [limit for limit in (rule.arguments["min_value"], low) if limit is not None]
    highs = [limit for limit in (rule.arguments["max_value"], high) if limit is not None]
    return replace(rule, arguments={"min_value": max(lows, default=None), "max_value": min(highs, default=None)})


def _not_less_than(other: str) -> Rule:
    """At least the value of the column `other` in the same row; null on either side passes."""
    arguments = {"column_B": other, "or_equal": True, "ignore_row_if": "either_value_is_missing"}
    return Rule(PAIR, Severity.WARNING, arguments)
