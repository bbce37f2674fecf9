"""Lines that end in the credit of a picture: captions, which read like sentences of the text where no markup tells them.

The networks know how captions end in the languages that they learned from; credits.toml has what papers of other scripts agree on.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import pyarrow as pa

from copydesk.fields.asking import Flags, which_match


def ending_in_credit(lines: pa.Array) -> Flags:
    """Which lines end so."""
    return which_match(lines, credit())


@cache
def credit() -> str:
    """The expression that such a line matches."""
    table: dict[str, str] = tomllib.loads(files("copydesk.labels").joinpath("credits.toml").read_text("utf-8"))
    return "|".join(table.values())
