"""How well blocks were chosen: shingle precision, recall and f1, as the scrapinghub article-extraction benchmark counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from copydesk.labels.training.alignment import TOKEN

GRAM = 4
Shingles = Counter[tuple[str, ...]]


class Score(NamedTuple):
    """Means over documents; `tenth` is the f1 that nine documents in ten reach."""

    documents: int
    precision: float
    recall: float
    f1: float
    document_f1: float
    tenth: float


def shingles(text: str) -> Shingles:
    """Runs of four words with their number."""
    tokens = TOKEN.findall(text)
    return Counter(tuple(tokens[i : i + GRAM]) for i in range(max(1, len(tokens) - GRAM + 1)) if tokens)


def compare(golds: Sequence[Shingles], text: str) -> tuple[float, float]:
    """Precision and recall against the gold that fits best."""
    found = shingles(text)
    both = [(_share(gold, found, found), _share(gold, found, gold)) for gold in golds]
    return max(both, key=lambda pair: harmonic(*pair))


def summarise(pairs: Sequence[tuple[float, float]]) -> Score:
    """Precision and recall of documents as one score."""
    precision, recall = (float(np.mean(column)) for column in zip(*pairs, strict=True))
    each = sorted(harmonic(*pair) for pair in pairs)
    return Score(len(pairs), precision, recall, harmonic(precision, recall), float(np.mean(each)), each[len(each) // 10])


def harmonic(precision: float, recall: float) -> float:
    """The f1 of both."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share(gold: Shingles, found: Shingles, of: Shingles) -> float:
    return sum((gold & found).values()) / sum(of.values()) if of else 0.0


def report(name: str, mode: str, score: Score) -> str:
    """One line of the table."""
    figures = f"precision {score.precision:.4f}  recall {score.recall:.4f}  f1 {score.f1:.4f}  doc_f1 {score.document_f1:.4f}"
    return f"{name:22} {mode:10} {score.documents:5} pages  {figures}  p10 {score.tenth:.4f}"
