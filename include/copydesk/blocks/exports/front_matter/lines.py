"""Front matter that is read line by line: YAML as systems write it, and TOML that no parser takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from copydesk.blocks.exports.entries import Entry
from copydesk.blocks.exports.front_matter.fences import Matter
from copydesk.blocks.exports.labels import UNREAD, field_of, fold_label

KEY = re.compile(r"""(?P<sign>["']?)(?P<key>[^\W\d][\w.-]*)(?P=sign)\s*(?:=|:(?=\s|$))\s*(?P<value>.*)""")
# Of YAML, before a value: its type, and a name by which another value may be the same.
PROPERTIES = re.compile(r"(?:!!\w+(?:\s+|$)|&(?P<anchor>\w[\w-]*)(?:\s+|$)){1,2}")
ALIAS = re.compile(r"\*(?P<anchor>\w[\w-]*)")
MAP = re.compile(r"\{.*\}")
NAMED = re.compile(r"""[{,]\s*["']?name["']?\s*:\s*(?P<value>"[^"]*"|'[^']*'|[^,{}]*)""", re.IGNORECASE)
TABLE = re.compile(r"\[{1,2}[\w. -]+\]{1,2}")  # of TOML, whose keys stand below
FOLDED = re.compile(r"[|>][+-]?\d?")  # the value stands in the lines below
ITEM = re.compile(r"-\s+(?P<value>.*)")
QUOTED = re.compile(r"""(?P<sign>\"\"\"|\'\'\'|["'])(?P<inside>.*)(?P=sign)(?:\s+#.*)?""")
ESCAPED = {'"': re.compile(r'\\(["\\])'), "'": re.compile(r"'(')")}
LIST = re.compile(r"\[(?P<inside>.*)\],?")
PARTS = re.compile(r"""\s*("[^"]*"|'[^']*'|[^,]+)\s*(?:,|$)""")
NESTED = " \t[]"
COMMENT = " #"
NOTHING = frozenset({"null", "~", "none", "nil"})
NAME = "name"  # the key of a list of people or sites that says who or what they are
SEPARATOR = "; "  # between the values of a list


def read_lines(lines: Sequence[str], matter: Matter) -> list[Entry]:
    """The entries; none where a line is neither a key, nor a value of one, nor a comment."""
    entries: list[Entry] = []
    for at in range(matter.first, matter.last):
        line, is_set_in = lines[at].strip(), lines[at][:1] in (" ", "\t")
        if not is_set_in and (found := KEY.fullmatch(line)):
            entries.append(Entry(field_of(found["key"]) or UNREAD, fold_label(found["key"]), at, at + 1, [found["value"]]))
        elif not is_set_in and TABLE.fullmatch(line):
            entries.append(Entry(UNREAD, fold_label(line), at, at + 1, [""]))
        elif entries and (is_set_in or line.startswith("]") or ITEM.fullmatch(line)):
            entries[-1].values.append(line)
            entries[-1].last = at + 1
        elif line and not line.startswith("#"):
            return []
    _read_values(entries)
    return entries


def _read_values(entries: Iterable[Entry]) -> None:
    """Put what is meant in the place of what is written; another value is looked up once, and never within another."""
    anchored: dict[str, list[str]] = {}
    for entry in entries:
        written, *below = entry.values
        if alias := ALIAS.fullmatch(written):
            entry.values = anchored.get(alias["anchor"], [])
            continue
        if found := PROPERTIES.match(written):
            written = written[found.end() :]
        entry.values = [value for value in _values(written, *below) if value]
        if found and found["anchor"]:
            anchored[found["anchor"]] = entry.values


def _values(written: str, *lines: str) -> Iterable[str]:
    """The values of a key by what stands behind it and below: a text of several lines, a list as one, of a map the name."""
    below = [line for line in lines if line]
    if FOLDED.fullmatch(written):
        return below
    if written[:1] in ("'", '"', "{") and not QUOTED.fullmatch(written) and not MAP.match(written):
        return [_plain(" ".join([written, *below]))]
    if written.startswith("[") and not LIST.match(written):
        return [_plain(" ".join([written, *below]))]
    if written or not below:
        return map(_plain, [written, *below])
    items = [found["value"] if (found := ITEM.fullmatch(line)) else line for line in below]
    keys = list(filter(None, map(KEY.fullmatch, items)))
    names = [_plain(found["value"]) for found in keys if found["key"].casefold() == NAME]
    if names or (items == below and len(keys) == len(items)):
        return [SEPARATOR.join(names)]
    return map(_plain, items) if items == below else [SEPARATOR.join(map(_plain, items))]


def _plain(value: str) -> str:
    """The value without quotation marks, brackets and comment; what a list has in lists of its own is one of its values each."""
    if found := LIST.fullmatch(value) or LIST.fullmatch(value.partition(COMMENT)[0].rstrip()):
        return SEPARATOR.join(_unquoted(part.strip(NESTED)) for part in PARTS.findall(found["inside"]))
    if MAP.fullmatch(value):
        return _unquoted(named["value"].strip()) if (named := NAMED.search(value)) else ""
    return _unquoted(value)


def _unquoted(value: str) -> str:
    if found := QUOTED.fullmatch(value):
        return ESCAPED[found["sign"][0]].sub(r"\1", found["inside"])
    bare = value.partition(COMMENT)[0].rstrip()
    return "" if bare.casefold() in NOTHING else bare
