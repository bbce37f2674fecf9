"""How well pages were read: the text by its 4-word shingles, as the scrapinghub article-extraction benchmark counts, and the fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

from copydesk.benchmarks.contestants import Reading
from copydesk.benchmarks.sets import Row
from copydesk.labels.training.alignment import TOKEN
from copydesk.labels.training.evaluation import compare, shingles, summarise


class Scores(NamedTuple):
    """Shares between 0 and 1; None where the set tells nothing of it."""

    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    doc_f1: float | None = None
    doc_f1_p10: float | None = None
    title: float | None = None
    date: float | None = None
    day: float | None = None
    authors: float | None = None
    with_: float | None = None
    without: float | None = None
    snippets: float | None = None


class Marker:
    """The gold of a set, prepared once for all who are scored against it."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._golds = [[shingles(text) for text in (row["body"], row["body_required"]) if text] for row in rows]

    def mark(self, readings: Iterable[Reading]) -> Scores:
        """The scores of one reading a page, in order."""
        told = list(zip(self.rows, self._golds, readings, strict=True))
        text = [compare(golds, found.body or "") for _, golds, found in told if golds]
        both = [(row, found) for row, _, found in told]
        right_in = _mean(1 - _missing(row["with"], found) for row, found in both if row["with"])
        right_out = _mean(_missing(row["without"], found) for row, found in both if row["without"])
        whole = summarise(text) if text else None
        return Scores(
            precision=whole and whole.precision,
            recall=whole and whole.recall,
            f1=whole and whole.f1,
            doc_f1=whole and whole.document_f1,
            doc_f1_p10=whole and whole.tenth,
            title=_mean(fold(row["title"]) == fold(found.title) for row, found in both if row["title"]),
            date=_mean(_is_day(found.published, row) for row, found in both if row["published"]),
            day=_mean(_is_day(found.day or found.published, row) for row, found in both if row["published"]),
            authors=_mean(_agreement(row["authors"], found.authors) for row, found in both if row["authors"]),
            with_=right_in,
            without=right_out,
            snippets=None if right_in is None or right_out is None else (right_in + right_out) / 2,
        )


def fold(text: str | None) -> str:
    """The same text with white space as single blanks."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text or "")).strip()


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return fmean(found) if found else None


def _is_day(found: str | None, row: Row) -> bool:
    return (found or "")[:10] == str(row["published"])[:10]


def _agreement(wanted: Sequence[str], found: Sequence[str]) -> float:
    """The f1 of two sets of names, whatever their punctuation."""
    gold, ours = _names(wanted), _names(found)
    return 2 * len(gold & ours) / (len(gold) + len(ours)) if gold or ours else 1.0


def _names(people: Sequence[str]) -> set[str]:
    return {"".join(TOKEN.findall(fold(name).casefold())) for name in people} - {""}


def _missing(snippets: Sequence[str], found: Reading) -> float:
    """The share of the snippets that are not in the text."""
    body = fold(found.body)
    return sum(fold(snippet) not in body for snippet in snippets) / len(snippets)
