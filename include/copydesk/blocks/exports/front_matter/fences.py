"""Where front matter begins and ends: between fences, or an object of JSON that the text opens with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

CLOSING = {"---": ("---", "..."), "---json": ("---",), "---toml": ("---",), "+++": ("+++",), ";;;": (";;;",)}
OBJECT = "{"
OPENINGS = (*CLOSING, OBJECT)
MOST_LINES = 100


class Matter(NamedTuple):
    """Front matter that is closed."""

    opening: str  # one of the openings
    top: int  # line that opens it
    first: int  # line with the first of what it says
    last: int  # line that closes it
    written: str  # what stands between


def find_matter(lines: Sequence[str]) -> Matter | None:
    """The front matter that the lines open with; None where they do not, or where it is not closed."""
    top = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    if top == len(lines):
        return None
    return _object(lines, top) if lines[top].lstrip().startswith(OBJECT) else _fenced(lines, top)


def _fenced(lines: Sequence[str], top: int) -> Matter | None:
    opening = lines[top].strip()
    closing = CLOSING.get(opening)
    if closing is None:
        return None
    inside = range(top + 1, min(len(lines), top + MOST_LINES))
    last = next((at for at in inside if lines[at].rstrip() in closing), None)
    return None if last is None else Matter(opening, top, top + 1, last, "\n".join(lines[top + 1 : last]))


def _object(lines: Sequence[str], top: int) -> Matter | None:
    """An object with nothing behind it in its last line."""
    written = "\n".join(lines[top : top + MOST_LINES]).lstrip()
    try:
        _, end = json.JSONDecoder().raw_decode(written)
    except (ValueError, RecursionError):
        return None
    is_alone = not written[end:].partition("\n")[0].strip()
    return Matter(OBJECT, top, top, top + written.count("\n", 0, end), written[:end]) if is_alone else None
