"""Front matter in JSON or TOML, which parsers read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any

from copydesk.blocks.exports.entries import Entry
from copydesk.blocks.exports.front_matter.fences import OBJECT, Matter
from copydesk.blocks.exports.labels import UNREAD, field_of, fold_label

MOST_KEYS = 200
KEYED = re.compile(r"""\s*["']?(?P<key>[^\s"'={}:\[\],][^"'=:\n]*?)["']?\s*[=:]""")
NAME = "name"  # of a person or a site that is a map
SEPARATOR = "; "  # between the values of a list
NOT_READ = (ValueError, RecursionError)  # of both parsers


def read_parsed(parse: Callable[[str], Any], lines: Sequence[str], matter: Matter) -> list[Entry]:
    """The entries; none where the parser does not take what is written, or finds no keys."""
    try:
        values = parse(matter.written)
        if not isinstance(values, dict) or len(values) > MOST_KEYS:
            return []
        return _entries(lines, matter, values)
    except NOT_READ:
        return []


def _entries(lines: Sequence[str], matter: Matter, values: Mapping[str, Any]) -> list[Entry]:
    """An entry a key, each from its line to that of the next."""
    places: dict[str, int] = {}
    for at in range(matter.first, matter.last + 1):
        if keyed := KEYED.match(lines[at].lstrip(OBJECT)):
            places.setdefault(keyed["key"], at)
    entries = [
        Entry(
            field_of(key) or UNREAD,
            fold_label(key),
            at := places.get(key, matter.first),
            at + 1,
            [text for text in [_text(value)] if text],
        )
        for key, value in values.items()
    ]
    entries.sort(key=lambda entry: entry.first)
    for entry, behind in zip(entries, [*entries[1:], None], strict=True):
        entry.last = max(entry.last, behind.first if behind else matter.last)
    return entries


def _text(value: object) -> str:
    """A value in one line: of a map who or what it names, of a list all."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return SEPARATOR.join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return _text(value.get(NAME))
    return value.isoformat() if isinstance(value, date | time) else ""
