"""What was found and what was expected, in words and of bounded length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from copydesk.quality.expected import SHORT_NAMES, Expected

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
    wish = f"{_WISHES[SHORT_NAMES[expected.rule.expectation]](expected.rule.arguments, value)} expected"
    if usual := expected.usual:
        return f"{found}, usually {_short(usual.low)} to {_short(usual.high)} in {usual.runs} runs, {wish}"
    return f"{found}, {wish}"


def _limit(arguments: Mapping[str, Any], value: Any) -> str:
    """Only the limit that was crossed."""
    low, high = arguments["min_value"], arguments["max_value"]
    if low is not None and value < _like(low, value):
        return f"at least {_short(low)}"
    return f"at most {_short(high)}"


def _span(arguments: Mapping[str, Any]) -> str:
    low, high = arguments["min_value"], arguments["max_value"]
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    return f"{low} to {high}"


def _short(limit: Any) -> Any:
    """A limit that was learned has more digits than anybody reads."""
    return f"{limit:.4g}" if isinstance(limit, float) else limit


def _like(limit: Any, value: object) -> Any:
    return datetime.fromisoformat(limit) if isinstance(value, datetime) else limit


_WISHES: dict[str, Callable[[Mapping[str, Any], Any], str]] = {
    "not_null": lambda _arguments, _value: "a number",  # a NaN, which pandas takes for null
    "null": lambda _arguments, _value: "nothing",
    "length": lambda arguments, _value: f"{_span(arguments)} characters",
    "unique": lambda _arguments, _value: "no second row with it",
    "between": _limit,
    "in_set": lambda arguments, _value: "one of " + ", ".join(arguments["value_set"]),
    "match_regex": lambda arguments, _value: f"a match of {arguments['regex']}",
    "not_less": lambda arguments, _value: f"not less than {arguments['column_B']}",
}
