"""Lines among an article's paragraphs that lead elsewhere or stand for what is not there: `Read more: …`, `continues below the advertisement`,
rows of buttons to share (`Teilen | Drucken`), posts of other sites, dates of changes, and what sites say of their cookies, earnings and subscriptions.

They read like sub-headings, and the networks know their wording in few languages; pointers.toml has some thirty. Only such a line that is
in doubt is cut for it: with a sentence of its own behind the colon it may be text.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from copydesk.fields.matching import Flags, which_begin, which_hold
from copydesk.labels.rules.marks import Marks, marks_of

# Classes such as `\W` mean other characters to Arrow than to Python, so that each sign is named.
BETWEEN = "[ \t\u00a0|·•/,:：;>»–—-]"  # words of one line
STAMP_CHARS = 80  # of the dates that may follow a stamp
SPACE, SIGNS = "[ \t\u00a0\u202f]*", "[ \t\u00a0\u202f>*•·▪►→➤➡|.…«„“\"'‘(\\[–—-]*"


def leading_elsewhere(lines: pa.Array) -> Flags:
    """Which lines are worded so."""
    opening, marks = _pointers()
    found: Flags = which_begin(lines, opening) | which_hold(lines, *marks)
    return found


@cache
def _pointers() -> tuple[str, Marks]:
    """What such a line begins with, and what it holds."""
    table: dict[str, Any] = tomllib.loads(files("copydesk.labels.rules").joinpath("pointers.toml").read_text("utf-8"))
    marks = marks_of(table.pop("marks"))
    leads, breaks, embeds, shares, consents, walls, stamps, titles = (
        "|".join(table[kind].values())
        for kind in ("leads", "breaks", "embeds", "shares", "consents", "walls", "stamps", "titles")
    )
    lines = [
        f"(?:{leads}){SPACE}[:：|»›]",
        f"(?:{breaks})[ .…:)\\]»–—-]*$",
        f"(?:{embeds})",
        f"(?:{shares})(?:{BETWEEN}+(?:{shares}))+{BETWEEN}*$",
        f"(?:{consents}|{walls})",
        f"(?:{stamps}){SPACE}:?{SPACE}(?:[a-z]{{3,}}[.,]? )?[0-9].{{0,{STAMP_CHARS}}}$",
        f'(?-i:(?:{titles}) [A-ZÀ-ŽА-Я„«“"0-9])',
    ]
    return f"(?i:{SIGNS}(?:{'|'.join(lines)}))", marks
