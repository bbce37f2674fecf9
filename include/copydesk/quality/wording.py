"""What was found and what was expected, in words and of bounded length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from copydesk.quality.suite import Expected

MAX_CHARS = 80  # of a value from an article: enough to recognise it, too little to republish it


def quote(value: object) -> str:
    """`value` on one line, cut to a readable length."""
    if value is None:
        return "missing"
    if isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str):
        return f"{value:.6g}" if isinstance(value, float) else str(value)
    return repr(value if len(value) <= MAX_CHARS else value[: MAX_CHARS - 1] + "…")


def describe(expected: Expected, value: object) -> str:
    """One failure: `word_count is 4, at least 20 expected`."""
    found = f"{expected.column} is {quote(value)}"
    if value is None:
        return found
    return f"{found}, {_WISHES[expected.expectation](expected.rule.arguments, value)} expected"


def _limit(arguments: Mapping[str, Any], value: Any) -> str:
    """Only the limit that was crossed."""
    low, high = arguments["min_value"], arguments["max_value"]
    if low is not None and value < _like(low, value):
        return f"at least {low}"
    return f"at most {high}"


def _like(limit: Any, value: object) -> Any:
    return datetime.fromisoformat(limit) if isinstance(value, datetime) else limit


_WISHES: dict[str, Callable[[Mapping[str, Any], Any], str]] = {
    "not_null": lambda _arguments, _value: "a number",  # a NaN, which pandas takes for null
    "unique": lambda _arguments, _value: "no second row with it",
    "between": _limit,
    "in_set": lambda arguments, _value: "one of " + ", ".join(arguments["value_set"]),
    "match_regex": lambda arguments, _value: f"a match of {arguments['regex']}",
    "not_less": lambda arguments, _value: f"not less than {arguments['column_B']}",
}
