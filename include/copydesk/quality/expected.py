"""One expectation: a rule at its column, under the name that quarantine, runs and source files know it by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from copydesk.quality.history import Usual
from copydesk.schema import Rule

BETWEEN = "ExpectColumnValuesToBeBetween"
PAIR = "ExpectColumnPairValuesAToBeGreaterThanB"

USUAL = "usual"  # the kind of what is learned from a source's own runs

SHORT_NAMES = {
    "ExpectColumnValuesToNotBeNull": "not_null",
    "ExpectColumnValuesToBeNull": "null",
    "ExpectColumnValueLengthsToBeBetween": "length",
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
    usual: Usual | None = None  # what the limits were learned from, where they were

    @property
    def expectation(self) -> str:
        """`not_null`, `between`, …"""
        return USUAL if self.usual else SHORT_NAMES[self.rule.expectation]

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
