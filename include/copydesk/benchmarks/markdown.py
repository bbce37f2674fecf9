"""Figures as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copydesk.benchmarks.contest import Entry, Table
from copydesk.benchmarks.peers import REFERENCE
from copydesk.benchmarks.scoring import Scores
from copydesk.benchmarks.speed import Speed

TITLES = {
    "doc_f1": "doc f1",
    "doc_f1_p10": "doc f1 p10",
    "with_": "with",
    "documents_per_s": "docs/s",
    "megabytes_per_s": "MB/s",
    "times_reference": f"× {REFERENCE}",
}


def title(measure: str) -> str:
    """A measure's name for people."""
    return TITLES.get(measure, measure)


def share(value: float | None) -> str:
    """A score; nothing where none was taken."""
    return "" if value is None else f"{value:.3f}"


def size(value: float | None) -> str:
    """A quantity with as many figures as it deserves."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is words and the others figures."""
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))


def score_table(table: Table) -> str:
    """One set in one form: who, how well, how fast; columns of which the set tells nothing are left out."""
    told = [name for name in Scores._fields if any(getattr(entry.scores, name) is not None for entry in table.entries)]
    timed = [name for name in Speed._fields if any(getattr(entry.speed, name, None) for entry in table.entries)]
    return grid(["", *map(title, (*told, *timed))], [_line(entry, told, timed) for entry in table.entries])


def _line(entry: Entry, told: Sequence[str], timed: Sequence[str]) -> list[str]:
    scores = [share(getattr(entry.scores, name)) for name in told]
    return [entry.contestant.name, *scores, *(size(getattr(entry.speed, name, None)) for name in timed)]
