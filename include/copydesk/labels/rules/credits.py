"""Captions, which read like sentences of the text where no markup tells them, by the credit they end in and by what only captions say.

The networks know how captions end in the languages that they learned from; credits.toml has what papers agree on, also those of other scripts.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.fields.matching import Flags, which_match
from copydesk.labels.arrays import true_at

MOST_CHARS = 1_000  # of a caption


def ending_in_credit(lines: pa.Array, are_last: Flags) -> Flags:
    """Which lines are worded so; of those that are the last of their text not the ones that may say who wrote it."""
    lines = pc.if_else(pc.less_equal(pc.utf8_length(lines), MOST_CHARS), lines, "")
    found = which_match(lines, _expression("pictures"))
    others = true_at(~found & ~are_last)
    found[others] = which_match(lines.take(pa.array(others)), _expression("both"))
    return found


@cache
def _expression(kind: str) -> str:
    """The expression that such a line matches."""
    table: dict[str, dict[str, str]] = tomllib.loads(files("copydesk.labels.rules").joinpath("credits.toml").read_text("utf-8"))
    lines = [*table[kind].values()]
    if kind == "both":
        lines += _slashed(**table["slashed"])
    return "|".join(lines)


def _slashed(owners: str, words: str) -> list[str]:
    """`… left the harbour. Ada Lind/AFP` and `Photo: Ada Lind / Harbour Courier`."""
    name = r"[A-ZÀ-Ž][^\s/,;:!?()]*"
    more = rf"(?: (?:{name}|and|by|of|via|de|di|van|von|y|[&–-]))"
    return [
        rf"[.!?…”\"»)|] ?{name}{more}{{0,5}} ?/ ?{name}{more}{{0,4}}(?: ?/ ?{name}{more}{{0,4}})?\)?$",
        rf"^\(?(?:(?:{words}) ?: ?)?(?:{name}{more}{{1,5}} ?/ ?{name}{more}{{0,4}}|{name} ?/ ?{name}{more}{{1,4}}"
        rf"|{name} ?/ ?(?:{owners})|(?:{owners}) ?/ ?{name})\)?$",
    ]
