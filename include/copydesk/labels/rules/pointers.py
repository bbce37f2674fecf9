"""Lines among an article's paragraphs that lead elsewhere or stand for what is not there: `Read more: …`, `continues below the advertisement`,
rows of buttons to share (`Teilen | Drucken`), posts of other sites, and what sites say of their cookies and their earnings.

They read like sub-headings, and the networks know their wording in few languages; pointers.toml has some thirty. Only such a line that is
in doubt is cut for it: with a sentence of its own behind the colon it may be text.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.fields.matching import Flags, which_match

MOST_CHARS = 500  # looked at of a line
# Classes such as `\W` mean other characters to Arrow than to Python, so that each sign is named.
BETWEEN = "[ \t\u00a0|·•/,:：;>»–—-]"  # words of one line
SPACE, SIGNS = "[ \t\u00a0\u202f]*", "[ \t\u00a0\u202f>*•·▪►→➤➡|«„“\"'‘(\\[–—-]*"


def leading_elsewhere(lines: pa.Array) -> Flags:
    """Which lines are worded so."""
    lines = pc.utf8_slice_codeunits(lines, 0, MOST_CHARS)
    opening, anywhere = pointers()
    found: Flags = which_match(lines, opening) | which_match(lines, anywhere)
    return found


@cache
def pointers() -> tuple[str, str]:
    """Two expressions, one of which such a line matches: from its beginning, and anywhere in it."""
    table: dict[str, dict[str, str]] = tomllib.loads(files("copydesk.labels.rules").joinpath("pointers.toml").read_text("utf-8"))
    leads, breaks, embeds, shares, consents, walls, marks = (
        "|".join(table[kind].values()) for kind in ("leads", "breaks", "embeds", "shares", "consents", "walls", "marks")
    )
    lines = [
        f"(?:{leads}){SPACE}[:：|»›]",
        f"(?:{breaks})[ .…:)\\]»–—-]*$",
        f"(?:{embeds})",
        f"(?:{shares})(?:{BETWEEN}+(?:{shares}))+{BETWEEN}*$",
        f"(?:{consents}|{walls})",
    ]
    return f"(?i)^{SIGNS}(?:{'|'.join(lines)})", marks
