"""Whether a text may open with labelled lines: asked of every text, so that it may take a few microseconds and no more."""

from __future__ import annotations

from functools import cache

from copydesk.blocks.exports.front_matter import FENCES
from copydesk.blocks.exports.labels import known_labels

BYTES, LINES, LABEL_BYTES = 1200, 20, 60  # looked at
ALONE_LINES = 3  # in which a label stands that has its value below it
FEWEST = 2  # lines with a label
MARKS = {b":": (b": ", b":*"), "：".encode(): ("：".encode(),), b"\t": (b"\t",)}  # behind labels, as counted: `14:32` has none
GAP = b"  "  # behind a code
SIGNS = b" \t\r*_#>-=.:[]|"
FENCED = tuple(fence.encode() for fence in FENCES)


def may_be_labelled(utf8: bytes) -> bool:
    """Whether some of its first lines begin with a label that is known, or one of the very first is one."""
    beginning, known = utf8[:BYTES], _spellings()
    lines = beginning.split(b"\n", LINES)
    for line in lines[:ALONE_LINES]:
        if len(line) < LABEL_BYTES and line.strip(SIGNS) in known:
            return True
    for mark, spellings in MARKS.items():
        if sum(map(beginning.count, spellings)) >= FEWEST and sum(_begins(line, mark) for line in lines) >= FEWEST:
            return True
    if GAP in beginning and sum(line[2:4] == GAP and line[:2] in known for line in lines) >= FEWEST:
        return True
    return lines[0].lstrip().startswith(FENCED)


def _begins(line: bytes, mark: bytes) -> bool:
    at = line.find(mark, 0, LABEL_BYTES)
    return at > 0 and line[:at].strip(SIGNS) in _spellings()


@cache
def _spellings() -> frozenset[bytes]:
    """All labels as they are written: in small letters, with a capital, with one in each word, in capitals; with hyphens and without."""
    cases = (str, str.capitalize, str.title, str.upper)
    labels = (spelled for label in known_labels() for spelled in (label, label.replace(" ", "-")))
    return frozenset(spell(label).encode() for label in labels for spell in cases)
