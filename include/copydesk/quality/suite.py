"""What must hold of each row and of each run, as Great Expectations suites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from copydesk.schema import CLEAN, Rule, Severity, between, one_of
from copydesk.sources import Source

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.expectations.expectation import Expectation

BETWEEN = "ExpectColumnValuesToBeBetween"
PAIR = "ExpectColumnPairValuesAToBeGreaterThanB"

SHORT_NAMES = {
    "ExpectColumnValuesToNotBeNull": "not_null",
    "ExpectColumnValuesToBeUnique": "unique",
    BETWEEN: "between",
    "ExpectColumnValuesToBeInSet": "in_set",
    "ExpectColumnValuesToMatchRegex": "match_regex",
    PAIR: "not_less",
}


class Outcome(TypedDict):
    """What came of one expectation: a row of `schema.EXPECTATION`."""

    expectation: str
    column: str
    severity: str
    success: bool
    failed_rows: int
    observed: str | None  # a few of the values that failed, or the figure of a run; bounded


@dataclass(frozen=True, slots=True)
class Expected:
    """A rule at its column, under the name that quarantine and runs know it by."""

    column: str
    rule: Rule

    @property
    def expectation(self) -> str:
        """`not_null`, `between`, …"""
        return SHORT_NAMES[self.rule.expectation]

    @property
    def name(self) -> str:
        """`not_null:published_at`: stable, since stewards count by it."""
        return f"{self.expectation}:{self.column}"

    def outcome(self, failed_rows: int, observed: str | None) -> Outcome:
        """What is recorded when so many rows failed."""
        return Outcome(
            expectation=self.expectation,
            column=self.column,
            severity=self.rule.severity.value,
            success=failed_rows == 0,
            failed_rows=failed_rows,
            observed=observed,
        )


def expected_of_rows(source: Source, not_after: datetime | None) -> list[Expected]:
    """The schema's rules narrowed to the source's limits, then the source's own; every name once.

    `not_after` comes from the partition, never from the clock: it stands in the details of quarantined rows.
    """
    if not_after is not None and not_after.tzinfo is None:
        raise ValueError(f"not_after {not_after.isoformat()} has no zone; publication times are in UTC")
    latest = not_after.astimezone(UTC).isoformat() if not_after else None
    limits = {"word_count": (source.quality.min_words, None), "published_at": (None, latest)}
    expected = [
        Expected(column.name, _narrow(rule, *limits.get(column.name, (None, None))))
        for column in CLEAN.columns
        for rule in column.rules
    ]
    expected.append(Expected("modified_at", _not_less_than("published_at")))
    if source.language:
        expected.append(Expected("language", one_of([source.language], Severity.WARNING)))
    return expected


def expected_of_runs(source: Source) -> list[Expected]:
    """What the figures of one run must meet; a figure that is null is not judged."""
    quality = source.quality
    expected = [
        Expected("quarantined_share", between(None, quality.max_quarantined_share)),
        Expected("records_accepted", between(1, None, Severity.WARNING)),
        Expected("duplicate_share", between(None, quality.max_duplicate_share, Severity.WARNING)),
    ]
    if source.on_missing != "empty":
        expected.append(Expected("records_seen", between(1, None, Severity.WARNING)))
    return expected


def row_suite(source: Source, not_after: datetime | None) -> ExpectationSuite:
    """The suite every row of `clean` has met but for its warnings."""
    return suite_of("rows", expected_of_rows(source, not_after))


def run_suite(source: Source) -> ExpectationSuite:
    """The suite a run's figures meet when it is published."""
    return suite_of("run", expected_of_runs(source))


def suite_of(name: str, expected: Iterable[Expected]) -> ExpectationSuite:
    """A Great Expectations suite; each expectation carries its short name in `meta`."""
    from great_expectations import ExpectationSuite

    return ExpectationSuite(name=name, expectations=[_build(one) for one in expected])


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
