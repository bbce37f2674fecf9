"""Lines among an article's paragraphs that lead elsewhere or stand for what is not there: `Read more: …`, `continues below the advertisement`.

They read like sub-headings, and the networks know their wording in few languages; pointers.toml has some thirty. Only such a line that is
in doubt is cut for it: with a sentence of its own behind the colon it may be text.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa

from copydesk.fields.asking import which_match
from copydesk.labels.arrays import Floats
from copydesk.labels.bars import Bars

SURE = np.float32(0.9)  # how likely such a line must be to be the article's own
# Classes such as `\W` mean other characters to Arrow than to Python, so that each sign is named.
SPACE, SIGNS = "[ \t\u00a0\u202f]*", "[ \t\u00a0\u202f>*•·▪►→➤➡|«„“\"'‘(\\[–—-]*"


def doubting(bars: Bars, likely: Floats, texts: pa.ChunkedArray) -> Bars:
    """Higher bars for lines that lead elsewhere; only what would be kept and is in doubt is looked at."""
    doubtful = np.flatnonzero((likely > bars.own) & (likely <= SURE))
    raised = doubtful[which_match(texts.take(pa.array(doubtful)).combine_chunks(), pointer())]
    if not len(raised):
        return bars
    own, usual = (bar.copy() for bar in bars)
    own[raised] = usual[raised] = SURE
    return Bars(own, usual)


@cache
def pointer() -> str:
    """The expression that such a line matches."""
    table: dict[str, dict[str, str]] = tomllib.loads(files("copydesk.labels").joinpath("pointers.toml").read_text("utf-8"))
    leads, breaks = ("|".join(table[kind].values()) for kind in ("leads", "breaks"))
    return f"(?i)^{SIGNS}(?:(?:{leads}){SPACE}[:：|»›]|(?:{breaks})[ .…:)\\]»–—-]*$)"
