"""Captions, which read like sentences of the text where no markup tells them, by the credit they end in and by what only captions say.

The networks know how captions end in the languages that they learned from; credits.toml has what papers agree on, also those of other scripts.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import pyarrow as pa

from copydesk.fields.matching import Flags, which_begin, which_hold
from copydesk.labels.arrays import true_at
from copydesk.labels.rules.marks import Marks, marks_of


class Wordings(NamedTuple):
    """What captions are known by."""

    all: Marks
    pictures: Marks  # of these such as speak of a picture wherever the line stands
    openings: str
    slashed: Marks


def worded_as_captions(lines: pa.Array, are_last: Flags) -> Flags:
    """Which lines are worded so; of those that are the last of their text not the ones that may say who wrote it."""
    asked = _wordings()
    found: Flags = which_hold(lines, *asked.all) | which_begin(lines, asked.openings) | which_hold(lines, *asked.slashed)
    if len(signed := true_at(found & are_last)):
        found[signed] = which_hold(lines.take(pa.array(signed)), *asked.pictures)
    return found


@cache
def _wordings() -> Wordings:
    """Those of credits.toml."""
    table: dict[str, Any] = tomllib.loads(files("copydesk.labels.rules").joinpath("credits.toml").read_text("utf-8"))
    pictures, both = table["pictures"], table["both"]
    slashed = Marks(("/",), _slashed(**table["slashed"]))
    return Wordings(marks_of(pictures + both), marks_of(pictures), "|".join(table["openings"].values()), slashed)


def _slashed(owners: list[str], labels: list[str]) -> str:
    """`… left the harbour. Ada Lind/AFP` and `Photo: Ada Lind / Harbour Courier`."""
    name = r"[A-ZÀ-Ž][^\s/,;:!?()]*"
    more = rf"(?: (?:{name}|and|by|of|via|de|di|van|von|y|[&–-]))"
    owner, label = "|".join(owners), "|".join(labels)
    return (
        rf"[.!?…”\"»)|] ?{name}{more}{{0,5}} ?/ ?{name}{more}{{0,4}}(?: ?/ ?{name}{more}{{0,4}})?\)?$"
        rf"|^\(?(?:(?:{label}) ?: ?)?(?:{name}{more}{{1,5}} ?/ ?{name}{more}{{0,4}}|{name} ?/ ?{name}{more}{{1,4}}"
        rf"|{name} ?/ ?(?:{owner})|(?:{owner}) ?/ ?{name})\)?$"
    )
