"""Front matter: fields between two lines of hyphens or plus signs at the beginning, as systems that publish files write them (YAML, TOML)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.blocks.exports.entries import Entry, Head
from copydesk.blocks.exports.labels import UNREAD, field_of, fold_label

FENCES = {"---": ("---", "..."), "+++": ("+++",)}
MOST_LINES = 100
FEWEST = 2  # keys
KEY = re.compile(r"(?P<key>[A-Za-z_][\w.-]*)\s*(?:=|:(?=\s|$))\s*(?P<value>.*)")
FOLDED = re.compile(r"[|>][+-]?\d?")  # the value stands in the lines below
ITEM = re.compile(r"-\s+(?P<value>.*)")
QUOTED = re.compile(r"""(?P<sign>["'])(?P<inside>.*)(?P=sign)(?:\s+#.*)?""")
LIST = re.compile(r"\[(?P<inside>.*)\],?")
PARTS = re.compile(r"""\s*("[^"]*"|'[^']*'|[^,]+)\s*(?:,|$)""")
NESTED = " \t[]"
SEPARATOR = "; "  # between the values of a list


def read_front_matter(lines: Sequence[str]) -> Head | None:
    """What stands between the two lines; None where the text has none, or it says nothing that is known."""
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    closing = FENCES.get(lines[first].strip()) if first < len(lines) else None
    if closing is None:
        return None
    inside = range(first + 1, min(len(lines), first + MOST_LINES))
    last = next((at for at in inside if lines[at].rstrip() in closing), None)
    entries = None if last is None else _entries(lines, first, last)
    if not entries or len(entries) < FEWEST or all(entry.field == UNREAD for entry in entries):
        return None
    return Head(entries, (last or 0) + 1, fence=entries[0].first - first)


def _entries(lines: Sequence[str], first: int, last: int) -> list[Entry] | None:
    """The keys; None where a line is neither a key, nor a value of one, nor a comment."""
    entries: list[Entry] = []
    for at in range(first + 1, last):
        line = lines[at].strip()
        found = KEY.fullmatch(line) if lines[at][:1] not in (" ", "\t") else None
        if found:
            value = "" if FOLDED.fullmatch(found["value"]) else _plain(found["value"])
            entries.append(
                Entry(field_of(found["key"]) or UNREAD, fold_label(found["key"]), at, at + 1, [value] if value else [])
            )
        elif item := ITEM.fullmatch(line) if entries else None:
            entries[-1].values[:] = [SEPARATOR.join([*entries[-1].values, _plain(item["value"])])]
            entries[-1].last = at + 1
        elif entries and lines[at][:1] in (" ", "\t", "]"):
            entries[-1].values.append(_plain(line))
            entries[-1].last = at + 1
        elif line and not line.startswith("#"):
            return None
    return entries


def _plain(value: str) -> str:
    """The value without quotation marks and brackets; what a list has in lists of its own is one of its values each."""
    if found := LIST.fullmatch(value):
        return SEPARATOR.join(_unquoted(part.strip(NESTED)) for part in PARTS.findall(found["inside"]))
    return _unquoted(value)


def _unquoted(value: str) -> str:
    found = QUOTED.fullmatch(value)
    return found["inside"] if found else value
