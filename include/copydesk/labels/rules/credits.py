"""Lines that end in the credit of a picture: captions, which read like sentences of the text where no markup tells them.

The networks know how captions end in the languages that they learned from; credits.toml has what papers of other scripts agree on.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import pyarrow as pa

from copydesk.fields.matching import Flags, which_match
from copydesk.labels.arrays import true_at


def ending_in_credit(lines: pa.Array, are_last: Flags) -> Flags:
    """Which lines end so; of those that are the last of their text not the ones that may say who wrote it."""
    found = which_match(lines, _expression("pictures"))
    others = true_at(~found & ~are_last)
    found[others] = which_match(lines.take(pa.array(others)), _expression("both"))
    return found


@cache
def _expression(kind: str) -> str:
    """The expression that such a line matches."""
    table: dict[str, dict[str, str]] = tomllib.loads(files("copydesk.labels.rules").joinpath("credits.toml").read_text("utf-8"))
    return "|".join(table[kind].values())
