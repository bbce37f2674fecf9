"""Texts of printed pages, with form feeds between them: what runs along the edges of each page stands in the middle of sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from copydesk.blocks.conversions.columns import in_reading_order
from copydesk.blocks.exports.read_lines import OTHER, ReadLine
from copydesk.fields.words import ends_sentence

EDGE_LINES = 3  # of each edge
MOST = 1_000  # form feeds; what has more is no article
FEWEST, LEAST_SHARE = 2, 1 / 3  # pages that have the line: left ones may have another than right ones
MOST_CHARS = 200
FIGURES, BLANKS = re.compile(r"\d+"), re.compile(r"\s+")
# Of a browser that prints: `11/3/26, 5:05 PM    Harbour bridge to close`.
PRINTED = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d{2}\D")
REASON = "runs along the edge of printed pages"

Sheet = list[str]


def without_sheets(text: str, taken: list[ReadLine]) -> str:
    """The pages as one text; lines at their edges that come again on others are `taken`, but the first at the top: it may say what no other does."""
    if text.count("\f") > MOST:
        return text
    pages = list(map(in_reading_order, text.split("\f")))
    sheets = [_trimmed(page.splitlines()) for page in pages if page.strip()]
    if len(sheets) < FEWEST:
        return "\f".join(pages)
    tops, feet = _running(sheet[:EDGE_LINES] for sheet in sheets), _running(sheet[-EDGE_LINES:] for sheet in sheets)
    seen = set[str]()
    for at, sheet in enumerate(sheets):
        above = _count(sheet, tops)
        below = _count(sheet[above:][::-1], feet)
        head, inside, foot = sheet[:above], sheet[above : len(sheet) - below], sheet[len(sheet) - below :]
        kept = [line for line in head if line.strip() and _is_first(line, seen)]
        taken += [ReadLine(line.strip(), OTHER, REASON) for line in [*head, *foot] if line.strip() and line not in kept]
        sheets[at] = [*kept, *([""] if kept else []), *_trimmed(inside)]
    return _joined(list(filter(None, sheets)))


def _trimmed(lines: Sequence[str]) -> Sheet:
    """Without blank lines at the edges."""
    full = [at for at, line in enumerate(lines) if line.strip()]
    return list(lines[full[0] : full[-1] + 1]) if full else []


def _running(edges: Iterable[Sequence[str]]) -> frozenset[str]:
    """The lines, as they look with any figures, that several edges have."""
    sheets = [set(map(_form, filter(str.strip, edge))) for edge in edges]
    times = Counter(form for sheet in sheets for form in sheet)
    return frozenset(
        form for form, count in times.items() if count >= max(FEWEST, LEAST_SHARE * len(sheets)) and len(form) <= MOST_CHARS
    )


def _form(line: str) -> str:
    return BLANKS.sub(" ", FIGURES.sub("0", line.strip()))


def _count(lines: Sequence[str], running: frozenset[str]) -> int:
    """How many of the lines, from the first on, run along that edge; blank ones between them count."""
    count = 0
    for at, line in enumerate(lines[: 2 * EDGE_LINES]):
        if line.strip():
            if _form(line) not in running:
                break
            count = at + 1
    return count


def _is_first(line: str, seen: set[str]) -> bool:
    """Whether no page before had it, and it is neither a number nor what a browser prints."""
    form = _form(line)
    is_new = form not in seen and any(map(str.isalpha, form)) and not PRINTED.match(line.strip())
    seen.add(form)
    return is_new


def _joined(sheets: Sequence[Sheet]) -> str:
    """A sentence that a page does not end goes on in the next."""
    parts: list[str] = []
    for sheet in sheets:
        if parts and ends_sentence(parts[-1]):
            parts.append("")
        parts += sheet
    return "\n".join(parts)
