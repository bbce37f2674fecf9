"""What a source file wants of expectations by name, granted to those of the suite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from copydesk.quality.expected import SHORT_NAMES, USUAL, Expected
from copydesk.schema import CLEAN, Rule, Severity
from copydesk.sources import Source, SourceError
from copydesk.sources.expectations import Wish

OFF = "off"
ADDABLE = {"not_null", "null", "unique", "between", "length", "in_set", "match_regex"}
ARGUMENTS = {"min": "min_value", "max": "max_value", "values": "value_set", "pattern": "regex"}
CLASSES = {short: name for name, short in SHORT_NAMES.items()}
BOUNDED = {"between", "length"}


def grant(expected: Iterable[Expected], source: Source, columns: Set[str]) -> list[Expected]:
    """The expectations as the source wants them, and behind them those it adds to these columns."""
    wishes = {name: wish for name, wish in source.quality.expect.items() if name.partition(":")[2] in columns}
    granted = [_changed(one, wishes.pop(one.name), source) if one.name in wishes else one for one in expected]
    return [one for one in granted if one] + list(_added(wishes, source))


def refuse_unknown(source: Source, columns: Set[str]) -> None:
    """SourceError for a wish about a column or figure that does not exist."""
    for name in source.quality.expect:
        asked = name.partition(":")[2]
        if asked not in columns:
            meant = "".join(f" (is {near} meant?)" for near in get_close_matches(asked, columns, 1))
            raise _refused(source, name, f"no such column or figure{meant}; there are {', '.join(sorted(columns))}")


def _changed(expected: Expected, wish: Wish, source: Source) -> Expected | None:
    """None where it is switched off."""
    if expected.column in CLEAN.key and wish.severity != "critical":
        raise _refused(source, expected.name, "stands as it is: by the key articles are told apart")
    if wish.severity == OFF:
        return None
    severity = Severity(wish.severity) if wish.severity else expected.rule.severity
    arguments = {**expected.rule.arguments, **_arguments(wish)}
    return replace(expected, rule=replace(expected.rule, severity=severity, arguments=arguments))


def _added(wishes: dict[str, Wish], source: Source) -> Iterator[Expected]:
    for name, wish in wishes.items():
        kind, _, column = name.partition(":")
        if wish.severity == OFF or kind == USUAL:  # what is usual may not be known yet
            continue
        if kind not in ADDABLE:
            raise _refused(source, name, f"there is none to change, and only {', '.join(sorted(ADDABLE))} can be added")
        arguments = _arguments(wish)
        if kind in BOUNDED:
            arguments = {"min_value": None, "max_value": None, **arguments}
        if kind not in {"not_null", "null", "unique"} and not _arguments(wish):
            raise _refused(source, name, "does not say what is expected; give min, max, values or pattern")
        yield Expected(column, Rule(CLASSES[kind], Severity(wish.severity or Severity.CRITICAL), arguments))


def _arguments(wish: Wish) -> dict[str, Any]:
    given = {ARGUMENTS[name]: getattr(wish, name) for name in wish.arguments & ARGUMENTS.keys()}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}


def _refused(source: Source, name: str, trouble: str) -> SourceError:
    return SourceError(f"{source.name}.toml: quality.expect: {name!r}: {trouble}")
