"""Whether a text may open with labelled lines: asked of every text, so that it may take a few microseconds and no more."""

from __future__ import annotations

from functools import cache

from copydesk.blocks.exports.front_matter.fences import OPENINGS as OF_FRONT_MATTER
from copydesk.blocks.exports.labels import IN_CAPITALS, SHAPES, known_labels

BYTES, LINES, LABEL_BYTES = 800, 16, 60  # looked at
ALONE_LINES = 3  # in which a label stands that has its value below it
FEWEST = 2  # lines with a label
ENDS = (b": ", b":*", "：".encode(), b"\t", b"=")  # of labels; `14:32` has none
JSON = b"{"  # front matter
GAP = b"  "  # behind a code
# Marks of direction, with which labels may begin; no letter begins with one of their bytes.
MARKS = ("\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069" + SHAPES).encode()
SIGNS = b" \t\r*_#>-=.:[]<|"
# Of labels in brackets, of codes, of front matter.
OPENINGS = (b"[", b"<", b"%", *map(str.encode, "【［〖■◆●"), *map(str.encode, OF_FRONT_MATTER))


def may_be_labelled(utf8: bytes) -> bool:
    """Whether some of its first lines begin with a label that is known, or one of the very first is one."""
    beginning, known = utf8[:BYTES].lstrip(), _spellings()
    if b"\n" not in beginning:
        beginning = beginning.replace(b"\r", b"\n")
    lines = beginning.split(b"\n", LINES)
    first = lines[0]
    if (first.startswith(OPENINGS) and len(first) > 2) or first.strip() == JSON or (first[2:4] == GAP and first[:2] in known):
        return True
    for line in lines[:ALONE_LINES]:
        if len(line) < LABEL_BYTES and line.strip(SIGNS) in known:  # a menu may open with one
            return sum([one.strip(SIGNS) in known for one in lines]) >= FEWEST or any(_begin(lines, end) for end in ENDS)
    # Asking whether a sign is there at all takes a tenth of the time that going through the lines does.
    return any(end in beginning and _begin(lines, end) for end in ENDS)


def _begin(lines: list[bytes], end: bytes) -> bool:
    """Whether some of the lines begin with a label that ends so."""
    labels = [line[:at].lstrip(MARKS) for line in lines if (at := line.find(end, 0, LABEL_BYTES)) > 0]
    if len(labels) < FEWEST:
        return False
    known = _spellings()
    return sum([label.partition(b"(")[0].strip(SIGNS).removeprefix(b"DC.") in known for label in labels]) >= FEWEST


@cache
def _spellings() -> frozenset[bytes]:
    """All labels as they are written: in small letters, with a capital, with one in each word, in capitals, that may have no accents; with hyphens and without."""
    cases = (str, str.capitalize, str.title, str.upper, lambda label: label.translate(IN_CAPITALS).upper())
    labels = (spelled for label in known_labels() for spelled in (label, label.replace(" ", "-"), *_spread(label)))
    return frozenset(spell(label).encode() for label in labels for spell in cases)


def _spread(label: str) -> tuple[str, ...]:
    """`标题` as `标　题`."""
    return ("\u3000".join(label),) if len(label) == 2 and label >= "\u3040" else ()
