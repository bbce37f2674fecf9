"""Types and rules of columns in words, and the complaint where there are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa

from copydesk.quality.expected import PAIR
from copydesk.schema import Rule

SIMPLE_TYPES = {
    pa.string(): "text",
    pa.bool_(): "true or false",
    pa.int32(): "whole number",
    pa.int64(): "whole number",
    pa.uint32(): "whole number",
    pa.float32(): "number",
    pa.float64(): "number",
    pa.date32(): "date",
}


class Undescribed(ValueError):
    """Something the pages must tell has no words yet; the message says what and where to add them."""


def type_in_words(kind: pa.DataType) -> str:
    """An Arrow type as an analyst would say it."""
    if pa.types.is_list(kind):
        return f"list of {type_in_words(kind.value_type)}"
    if pa.types.is_struct(kind):
        return f"record of {', '.join(f'`{field.name}` ({type_in_words(field.type)})' for field in kind)}"
    if pa.types.is_dictionary(kind):
        return f"{type_in_words(kind.value_type)} (dictionary)"
    if pa.types.is_timestamp(kind) and kind.tz:
        return f"time in {kind.tz}"
    if kind not in SIMPLE_TYPES:
        raise Undescribed(f"Arrow type {kind} has no words; add them to SIMPLE_TYPES in {__name__}")
    return SIMPLE_TYPES[kind]


def rule_in_words(rule: Rule) -> str:
    """What must hold of a column's values, and how grave it is if it does not."""
    if rule.expectation not in WORDS:
        raise Undescribed(f"{rule.expectation} has no words; add them to WORDS in {__name__}")
    return f"{WORDS[rule.expectation](rule.arguments)} ({rule.severity})"


def _limits(arguments: Mapping[str, Any]) -> str:
    low, high = arguments["min_value"], arguments["max_value"]
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    return f"from {low} to {high}"


WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "ExpectColumnValuesToNotBeNull": lambda _: "never null",
    "ExpectColumnValuesToBeNull": lambda _: "always null",
    "ExpectColumnValueLengthsToBeBetween": lambda arguments: f"{_limits(arguments)} characters",
    PAIR: lambda arguments: f"not less than `{arguments['column_B']}`",
    "ExpectColumnValuesToBeUnique": lambda _: "unique in a partition",
    "ExpectColumnValuesToBeBetween": _limits,
    "ExpectColumnValuesToBeInSet": lambda arguments: "one of " + ", ".join(f"`{value}`" for value in arguments["value_set"]),
    "ExpectColumnValuesToMatchRegex": lambda arguments: f"matches `{arguments['regex']}`",
}
