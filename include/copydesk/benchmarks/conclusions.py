"""What the tables come to: where Copydesk is ahead, and where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from copydesk.benchmarks.contest import Entry, Table

# precision and recall, with and without: one alone is had by keeping little or everything
MEASURES = ("f1", "doc_f1", "doc_f1_p10", "title", "date", "day", "authors", "snippets")
LEADING = ("f1", "snippets", "day")  # the first that a set tells stands for it
NOTABLE = 0.005  # a smaller difference is noise on a few hundred pages


class Duel(NamedTuple):
    """Copydesk and the best of the others by one measure."""

    table: Table
    measure: str
    ours: float
    best: float
    who: str

    @property
    def lead(self) -> float:
        """Negative where Copydesk is behind."""
        return self.ours - self.best


def our_entry(table: Table) -> Entry | None:
    """The entry to judge Copydesk by: on sites unseen where that was measured."""
    ours = [entry for entry in table.entries if entry.contestant.is_ours]
    return min(ours, key=lambda entry: entry.contestant.is_in_sample, default=None)


def duels(tables: Sequence[Table], measures: Sequence[str] = MEASURES) -> Iterator[Duel]:
    """One for every set, form and measure that both sides have."""
    for table in tables:
        ours, others = our_entry(table), [entry for entry in table.entries if not entry.contestant.is_ours]
        for measure in measures:
            told = [(value, entry.contestant.name) for entry in others if (value := getattr(entry.scores, measure)) is not None]
            if ours and told and (value := getattr(ours.scores, measure)) is not None:
                yield Duel(table, measure, value, *max(told))


def leading(tables: Sequence[Table]) -> list[Duel]:
    """One duel a set and form, by the measure that stands for it."""
    first: dict[tuple[str, str], Duel] = {}
    for duel in sorted(duels(tables, LEADING), key=lambda duel: LEADING.index(duel.measure)):
        first.setdefault((duel.table.mode, duel.table.gold), duel)
    return [first[key] for table in tables if (key := (table.mode, table.gold)) in first]


def lost(tables: Sequence[Table]) -> list[Duel]:
    """Where another is better by more than noise, the widest gap first; only fields that the other reads at all count."""
    return sorted((duel for duel in duels(tables) if duel.lead <= -NOTABLE), key=lambda duel: duel.lead)


def faster(tables: Sequence[Table]) -> dict[str, float]:
    """Who is faster than Copydesk on HTML, and how many times, over all sets."""
    ratios: dict[str, list[float]] = {}
    for table in tables:
        ours = [entry.speed for entry in table.entries if entry.contestant.is_ours and entry.speed]
        for entry in table.entries:
            if ours and entry.speed and not entry.contestant.is_ours:
                ratio = entry.speed.documents_per_s / ours[0].documents_per_s
                ratios.setdefault(entry.contestant.name, []).append(ratio)
    return {name: middle for name, found in ratios.items() if (middle := median(found)) > 1}


def times_reference(tables: Sequence[Table]) -> tuple[float, float] | None:
    """How many times as fast as the reference Copydesk is: on the least favourable set, and in the middle."""
    speeds = [entry.speed for table in tables for entry in table.entries if entry.contestant.is_ours]
    ratios = [speed.times_reference for speed in speeds if speed and speed.times_reference]
    return (min(ratios), median(ratios)) if ratios else None
