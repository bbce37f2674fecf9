"""Front matter in JSON or TOML, which parsers read: between fences, or an object that the text opens with."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, NamedTuple

from copydesk.blocks.exports.entries import Entry
from copydesk.blocks.exports.labels import UNREAD, field_of, fold_label

FENCES = {
    ";;;": (";;;", json.loads),
    "---json": ("---", json.loads),
    "---toml": ("---", tomllib.loads),
    "+++": ("+++", tomllib.loads),
}
OBJECT = "{"
MOST_LINES, MOST_KEYS = 100, 200
KEYED = re.compile(r"""\s*["']?(?P<key>[^\s"'={}:\[\],][^"'=:\n]*?)["']?\s*[=:]""")
NAME = "name"  # of a person or a site that is a map
SEPARATOR = "; "  # between the values of a list
NOT_READ = (ValueError, RecursionError)  # of both parsers


class _Found(NamedTuple):
    """What was parsed."""

    values: Mapping[str, Any]
    first: int  # line with the first of them
    last: int  # line that closes them


def read_parsed(lines: Sequence[str], first: int) -> tuple[list[Entry], int] | None:
    """The entries, and the line that closes them; None where the text has none that can be parsed."""
    try:
        found = _object(lines, first) if lines[first].lstrip().startswith(OBJECT) else _fenced(lines, first)
        if found is None or not 0 < len(found.values) <= MOST_KEYS:
            return None
        return _entries(lines, found), found.last
    except NOT_READ:
        return None


def _fenced(lines: Sequence[str], first: int) -> _Found | None:
    closing, parse = FENCES.get(lines[first].strip(), ("", json.loads))
    inside = range(first + 1, min(len(lines), first + MOST_LINES)) if closing else range(0)
    last = next((at for at in inside if lines[at].rstrip() == closing), None)
    values = None if last is None else parse("\n".join(lines[first + 1 : last]))
    return _Found(values, first + 1, last) if isinstance(values, dict) and last is not None else None


def _object(lines: Sequence[str], first: int) -> _Found | None:
    """An object with nothing behind it in its last line."""
    written = "\n".join(lines[first : first + MOST_LINES]).lstrip()
    values, end = json.JSONDecoder().raw_decode(written)
    is_alone = not written[end:].partition("\n")[0].strip()
    return _Found(values, first, first + written.count("\n", 0, end)) if is_alone else None


def _entries(lines: Sequence[str], found: _Found) -> list[Entry]:
    """An entry a key, each from its line to that of the next."""
    places: dict[str, int] = {}
    for at in range(found.first, found.last + 1):
        if keyed := KEYED.match(lines[at].lstrip(OBJECT)):
            places.setdefault(keyed["key"], at)
    entries = [
        Entry(
            field_of(key) or UNREAD,
            fold_label(key),
            at := places.get(key, found.first),
            at + 1,
            [text for text in [_text(value)] if text],
        )
        for key, value in found.values.items()
    ]
    entries.sort(key=lambda entry: entry.first)
    for entry, behind in zip(entries, [*entries[1:], None], strict=True):
        entry.last = max(entry.last, behind.first if behind else found.last)
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
