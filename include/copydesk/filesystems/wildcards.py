"""Which paths a pattern means, as a shell would say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

WILD = re.compile(r"[*?\[]")


def fits(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path is meant: `*` stays in one folder and skips names with a leading dot, `**` spans folders.

    `a/**` is what is below `a`: a file of that name is not.
    """
    if not pattern:
        return not names
    if pattern[0] == "**":
        fewest = 0 if pattern[1:] else 1
        return any(fits(names[n:], pattern[1:]) for n in range(fewest, len(names) + 1) if not any(map(_hidden, names[:n])))
    if not names or (_hidden(names[0]) and not pattern[0].startswith(".")):
        return False
    return fnmatchcase(names[0], pattern[0]) and fits(names[1:], pattern[1:])


def _hidden(name: str) -> bool:
    return name.startswith(".")
