"""Lines among an article's paragraphs that lead elsewhere or stand for what is not there: `Read more: …`, `continues below the advertisement`.

They read like sub-headings, and the networks know their wording in few languages; pointers.toml has some thirty. Only such a line that is
in doubt is cut for it: with a sentence of its own behind the colon it may be text.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import pyarrow as pa

from copydesk.fields.asking import Flags, which_match

# Classes such as `\W` mean other characters to Arrow than to Python, so that each sign is named.
SPACE, SIGNS = "[ \t\u00a0\u202f]*", "[ \t\u00a0\u202f>*•·▪►→➤➡|«„“\"'‘(\\[–—-]*"


def leading_elsewhere(lines: pa.Array) -> Flags:
    """Which lines are worded so."""
    return which_match(lines, pointer())


@cache
def pointer() -> str:
    """The expression that such a line matches."""
    table: dict[str, dict[str, str]] = tomllib.loads(files("copydesk.labels.rules").joinpath("pointers.toml").read_text("utf-8"))
    leads, breaks = ("|".join(table[kind].values()) for kind in ("leads", "breaks"))
    return f"(?i)^{SIGNS}(?:(?:{leads}){SPACE}[:：|»›]|(?:{breaks})[ .…:)\\]»–—-]*$)"
