"""What must hold of the values of a column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """`critical` sends a row to quarantine, or stops a publication; `warning` is published and counted."""

    CRITICAL = "critical"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation of a column: the Great Expectations class and its arguments."""

    expectation: str
    severity: Severity
    arguments: Mapping[str, Any] = field(default_factory=dict)


def required(severity: Severity = Severity.CRITICAL) -> Rule:
    """Never null."""
    return Rule("ExpectColumnValuesToNotBeNull", severity)


def absent(severity: Severity = Severity.CRITICAL) -> Rule:
    """Always null: there is a value only where something is wrong."""
    return Rule("ExpectColumnValuesToBeNull", severity)


def unique(severity: Severity = Severity.CRITICAL) -> Rule:
    """No value twice among the rows that are checked together."""
    return Rule("ExpectColumnValuesToBeUnique", severity)


def between(low: float | str | None, high: float | str | None, severity: Severity = Severity.CRITICAL) -> Rule:
    """Within limits, both included; null passes."""
    return Rule("ExpectColumnValuesToBeBetween", severity, {"min_value": low, "max_value": high})


def one_of(values: Iterable[str], severity: Severity = Severity.CRITICAL) -> Rule:
    """One of a closed list; null passes."""
    return Rule("ExpectColumnValuesToBeInSet", severity, {"value_set": list(values)})


def matches(pattern: str, severity: Severity = Severity.CRITICAL) -> Rule:
    """The regular expression is found in it; null passes."""
    return Rule("ExpectColumnValuesToMatchRegex", severity, {"regex": pattern})


def lengths(low: int | None, high: int | None, severity: Severity = Severity.WARNING) -> Rule:
    """So many characters, both limits included; null passes."""
    return Rule("ExpectColumnValueLengthsToBeBetween", severity, {"min_value": low, "max_value": high})
