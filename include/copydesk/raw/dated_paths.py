"""A source's pattern the other way round: from the path of a raw file to the day it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from fnmatch import translate
from functools import lru_cache
from typing import Self

from copydesk.dumps import DIRECTIVE, PLACEHOLDER

DAY = "%Y-%m-%d"
WIDTHS = {"Y": 4, "y": 2, "m": 2, "d": 2, "j": 3}  # digits of a directive
WILD = re.compile(r"(\*\*/?|[*?]|\[!?\]?[^\]]*\])")
STAR = "[^/]*"
MATCHES = {"**/": "(?:.*/)?", "**": ".*", "*": STAR, "?": "[^/]"}
ACROSS = re.compile(r"(?<!\^)(?<!!)/|\.\*")  # in the expression of a glob: it may span folders there


@dataclass(frozen=True, slots=True)
class DatedPaths:
    """The raw files of all days of a source."""

    glob: str
    pattern: re.Pattern[str]  # a group for each directive

    @classmethod
    def of(cls, raw: str) -> Self:
        """The paths a source's `raw` may stand for."""
        anywhere = PLACEHOLDER.sub(lambda found: DIRECTIVE.sub(_any_digits, found[1] or DAY), raw)
        literals_and_forms = re.split(PLACEHOLDER, PLACEHOLDER.sub(lambda found: f"{{key:{found[1] or DAY}}}", raw))
        seen: set[str] = set()
        parts = [_digits(part, seen) if n % 2 else _wild(part) for n, part in enumerate(literals_and_forms)]
        return cls(anywhere, re.compile("".join(parts)))

    def day_of(self, path: str) -> str | None:
        """The key of the dump a file is part of; None where its path names no day."""
        found = self.pattern.fullmatch(path)
        return _day(tuple(found.groupdict().items())) if found else None


def _any_digits(directive: re.Match[str]) -> str:
    return "%" if directive[1] == "%" else "?" * WIDTHS[directive[1]]


def _digits(form: str, seen: set[str]) -> str:
    """A form such as `%Y/%m/%d` as a regular expression; a directive that was there before stands for the same digits."""
    expression = ""
    for n, part in enumerate(re.split(DIRECTIVE, form)):
        if n % 2 == 0 or part == "%":
            expression += re.escape(part)
        else:
            expression += f"(?P={part})" if part in seen else f"(?P<{part}>[0-9]{{{WIDTHS[part]}}})"
            seen.add(part)
    return expression


def _wild(part: str) -> str:
    """A glob as a regular expression.

    What stands between two `*` of a name is taken where it is first met: going back to try every other place takes years on
    names that are made for it.
    """
    tokens = enumerate(re.split(WILD, part))
    first, *runs = "".join(MATCHES.get(token) or _set(token) if n % 2 else re.escape(token) for n, token in tokens).split(STAR)
    behind = [STAR + run if n == len(runs) or ACROSS.search(run) else f"(?>{STAR}?{run})" for n, run in enumerate(runs, 1)]
    return first + "".join(behind)


def _set(token: str) -> str:
    """One of some letters, such as `[a-z]`, as the listing of a folder understands it."""
    expression = translate(token).removeprefix("(?s:")
    return "(?!/)" + expression[: expression.rindex(")")]


@lru_cache(maxsize=1024)
def _day(directives: tuple[tuple[str, str], ...]) -> str | None:
    """The day the directives name together; None where the calendar has no such day."""
    names, digits = zip(*directives, strict=True)
    try:
        return datetime.strptime(" ".join(digits), " ".join(f"%{name}" for name in names)).date().isoformat()
    except ValueError:
        return None
