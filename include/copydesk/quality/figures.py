"""What a run looks like in figures: each is held against its limits, and against what is usual for the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.records import Stage
from copydesk.schema import CLOCK, TIMESTAMP, Severity

FEW_ROWS = 5  # of fewer articles nothing can be said in the mean
OLD_DAYS = 30
EPOCH = date(1970, 1, 1)
MARK_DIGITS = 16  # of a fingerprint, which is a hash: eight bytes an article tell equal texts of a dump of any size
EMPTY_MEANS_MISSING = ("authors", "tags", "images", "rails")
MISSING = ("url", "canonical_url", "standfirst", "agency", "dateline", "section", "language", "modified_at", *EMPTY_MEANS_MISSING)

Values = dict[str, float | None]


class Scale(StrEnum):
    """How the values of a figure are compared."""

    AMOUNT = "amount"  # by their ratio
    COUNT = "count"  # the same, but a few more or less are no sign
    SHARE = "share"  # of the records or articles of the run, so of few ones only roughly
    LEVEL = "level"
    DAYS = "days"


class Side(StrEnum):
    """On which side of the usual a value tells of trouble."""

    HIGH = "high"
    LOW = "low"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a run."""

    name: str
    description: str
    scale: Scale
    side: Side
    severity: Severity


CRITICAL, WARNING = Severity.CRITICAL, Severity.WARNING

FIGURES = (
    Figure("records_seen", "Records the readers met.", Scale.COUNT, Side.BOTH, CRITICAL),
    Figure("quarantined_share", "Records in quarantine.", Scale.SHARE, Side.HIGH, CRITICAL),
    Figure("duplicate_share", "Records that repeat an id of the dump.", Scale.SHARE, Side.HIGH, WARNING),
    Figure("same_text_share", "Articles whose title and text another one of the dump has, too.", Scale.SHARE, Side.HIGH, WARNING),
    Figure("unknown_date_share", "Records with a body and no time of publication.", Scale.SHARE, Side.HIGH, CRITICAL),
    Figure("median_words", "Words of the middlemost article.", Scale.AMOUNT, Side.BOTH, CRITICAL),
    Figure(
        "mean_rail_like_share",
        "Paragraphs that look like lines of a rail, mean of the articles.",
        Scale.SHARE,
        Side.HIGH,
        CRITICAL,
    ),
    Figure("removed_share", "Blocks that were cut, of those cut and those kept.", Scale.SHARE, Side.BOTH, CRITICAL),
    Figure("mean_confidence", "Mean `label_confidence`.", Scale.LEVEL, Side.LOW, CRITICAL),
    Figure("median_age_days", "Days from publication to dump, of the middlemost article.", Scale.DAYS, Side.BOTH, CRITICAL),
    Figure("old_share", f"Articles published more than {OLD_DAYS} days before the dump.", Scale.SHARE, Side.HIGH, WARNING),
    Figure(
        "other_page_share",
        "Pages that are no article: stubs, consent and error pages and the like.",
        Scale.SHARE,
        Side.HIGH,
        CRITICAL,
    ),
    Figure("other_language_share", "Articles in another language than the source's.", Scale.SHARE, Side.HIGH, WARNING),
    *(Figure(f"no_{name}", f"Articles without `{name}`.", Scale.SHARE, Side.HIGH, WARNING) for name in MISSING),
)


FACTS = pa.schema(
    [
        ("article_id", pa.string()),
        ("text", pa.uint64()),
        ("words", pa.int32()),
        ("paragraphs", pa.int32()),
        ("rail_like_share", pa.float64()),
        ("confidence", pa.float64()),
        ("published_at", TIMESTAMP),
        ("is_other_page", pa.bool_()),
        ("language", pa.string()),
        *((f"no_{name}", pa.bool_()) for name in MISSING),
    ]
)


def facts_of(judged: pa.Table) -> pa.Table:
    """What figures need of articles, a row each in `FACTS`, of rows of `clean` with their measures: so no text is read again."""
    columns = {
        "article_id": judged["article_id"],
        "text": pa.array([int(mark[:MARK_DIGITS], 16) for mark in judged["fingerprint"].to_pylist()], pa.uint64()),
        "words": judged["word_count"],
        "paragraphs": pc.list_value_length(judged["paragraphs"]),
        "rail_like_share": judged["rail_like_share"],
        "confidence": judged["label_confidence"],
        "published_at": judged["published_at"],
        "is_other_page": pc.not_equal(judged["page_type"].cast(pa.string()), "article"),
        "language": judged["language"].cast(pa.string()),
        **{f"no_{name}": _is_missing(judged[name], name) for name in MISSING},
    }
    return pa.table(columns).cast(FACTS)


class Tally:
    """Counts of a run, taken table by table, from which its figures are made."""

    def __init__(self, day: date | None, language: str | None) -> None:
        self._day = day
        self._language = language
        self._rows = self._undated = self._paragraphs = 0
        self._sums: Counter[str] = Counter()
        self._words: Counter[int] = Counter()
        self._ages: Counter[int] = Counter()
        self._texts: list[NDArray[np.uint64]] = []

    def add_accepted(self, facts: pa.Table) -> None:
        """Count articles, which are rows of `FACTS`."""
        self._rows += facts.num_rows
        self._words.update(facts["words"].to_pylist())
        self._texts.append(facts["text"].to_numpy())
        self._paragraphs += pc.sum(facts["paragraphs"]).as_py() or 0
        self._add("mean_rail_like_share", facts["rail_like_share"])
        self._add("mean_confidence", facts["confidence"])
        self._add("other_page_share", facts["is_other_page"])
        if self._language:
            self._add("other_language_share", pc.not_equal(facts["language"], self._language))
        for name in MISSING:
            self._add(f"no_{name}", facts[f"no_{name}"])
        if self._day:
            self._add_ages(facts["published_at"], self._day)

    def add_rejected(self, quarantine: pa.Table) -> None:
        """Count rows of `quarantine`."""
        is_validated = pc.equal(quarantine["stage"].cast(pa.string()), Stage.VALIDATE.value)
        self._undated += pc.sum(pc.and_(is_validated, pc.is_null(quarantine["published_at"]))).as_py() or 0

    def figures(self, seen: int, rejected: int, duplicates: int, removed: int) -> Values:
        """Every figure by name; None where the run is too small, or the figure makes no sense for it."""
        is_enough = self._rows >= FEW_ROWS
        means = {name: total / self._rows if is_enough else None for name, total in self._sums.items()}
        shares = {"quarantined_share": rejected, "duplicate_share": duplicates, "unknown_date_share": self._undated}
        blocks = removed + self._paragraphs
        known: Values = {
            **means,
            **{name: count / seen if seen else None for name, count in shares.items()},
            "records_seen": seen,
            "same_text_share": self._same_texts() / self._rows if is_enough else None,
            "median_words": _median(self._words) if is_enough else None,
            "median_age_days": _median(self._ages) if is_enough else None,
            "removed_share": removed / blocks if is_enough and blocks else None,
        }
        return {figure.name: known.get(figure.name) for figure in FIGURES}

    def _same_texts(self) -> int:
        """Articles whose text stands in another one: every one of them, the first too."""
        counts = np.unique(np.concatenate(self._texts), return_counts=True)[1]
        return int(counts[counts > 1].sum())

    def _add(self, name: str, values: pa.ChunkedArray | pa.Array) -> None:
        self._sums[name] += pc.sum(values.cast(pa.float64())).as_py() or 0

    def _add_ages(self, published_at: pa.ChunkedArray, day: date) -> None:
        published = pc.drop_null(published_at).cast(CLOCK).cast(pa.date32()).cast(pa.int32()).to_numpy()
        ages = (day - EPOCH).days - published
        self._ages.update(ages.tolist())
        self._add("old_share", pa.array(ages > OLD_DAYS))


def day_of(key: str) -> date | None:
    """The day of a dump, from which ages are counted; an archive has none."""
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None


def _is_missing(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    if name not in EMPTY_MEANS_MISSING:
        return pc.is_null(column)
    return pc.equal(pc.fill_null(pc.list_value_length(column), 0), 0)


def _median(counts: Mapping[int, int]) -> float | None:
    """Of the values counted; the lower of the two in the middle."""
    values = sorted(counts)
    if not values:
        return None
    reached = np.cumsum([counts[value] for value in values])
    return float(values[int(np.searchsorted(reached, (reached[-1] + 1) // 2))])
