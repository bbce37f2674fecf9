"""The front matter of a text, in whatever language it is written."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Sequence
from functools import partial

from copydesk.blocks.exports.entries import Entry, Head
from copydesk.blocks.exports.front_matter.fences import OBJECT, Matter, find_matter
from copydesk.blocks.exports.front_matter.lines import read_lines
from copydesk.blocks.exports.front_matter.parsed import read_parsed
from copydesk.blocks.exports.labels import UNREAD

FEWEST = 2  # keys
Reader = Callable[[Sequence[str], Matter], list[Entry]]

_read_json: Reader = partial(read_parsed, json.loads)
_read_toml: Reader = partial(read_parsed, tomllib.loads)
READERS: dict[str, tuple[Reader, ...]] = {  # by what opens it: of several, the first that reads anything
    "---": (read_lines,),
    "---json": (_read_json,),
    "---toml": (_read_toml,),
    "+++": (_read_toml, read_lines),  # some systems write there what no parser of TOML takes
    ";;;": (_read_json,),
    OBJECT: (_read_json,),
}


def read_front_matter(lines: Sequence[str]) -> Head | None:
    """What it says, and where the text begins; None where the text has none, or it says nothing that is known."""
    found = find_matter(lines)
    if found is None:
        return None
    entries = next(filter(None, (read(lines, found) for read in READERS[found.opening])), [])
    if len(entries) < FEWEST or all(entry.field == UNREAD for entry in entries):
        return None
    return Head(entries, found.last + 1, fence=entries[0].first - found.top)
