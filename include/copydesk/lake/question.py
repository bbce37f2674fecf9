"""What a reader asks of a dataset, checked before any file is touched."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.errors import BadInput
from copydesk.lake.layout import Values
from copydesk.schema import DATASETS, Dataset

Day = date | str
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows and columns of a dataset, checked; None means all."""

    dataset: Dataset
    start: date | None
    end: date | None
    sources: tuple[str, ...] | None
    columns: tuple[str, ...]
    where: pc.Expression | None = None  # of a row, whether it is wanted

    @classmethod
    def ask(
        cls,
        dataset: str,
        start: Day | None = None,
        end: Day | None = None,
        sources: Iterable[str] | None = None,
        columns: Iterable[str] | None = None,
        *,
        where: pc.Expression | None = None,
    ) -> Question:
        """The question as the caller put it; BadInput where it makes no sense."""
        if not isinstance(dataset, str) or dataset not in DATASETS:
            raise BadInput(f"no dataset {dataset!r}; there are {', '.join(sorted(DATASETS))}{meant(dataset, DATASETS)}")
        known = DATASETS[dataset]
        first, last = _day("start", start), _day("end", end)
        if first and last and first > last:
            raise BadInput(f"start {first} is after end {last}; both days are included, so give the earlier as start")
        return cls(known, first, last, _sources(sources), _columns(known, columns), _where(known, where))

    def wants(self, values: Values) -> bool:
        """Whether a partition may hold rows that were asked for."""
        if self.sources is not None and "source" in values and values["source"] not in self.sources:
            return False
        *_, when = values.values()  # the day or month of publication, or the dump
        return self._in_range(when)

    def _in_range(self, when: str | None) -> bool:
        """What has no day is in no range of days; a month is in one that has a day of it."""
        if self.start is None and self.end is None:
            return True
        if when is None or not re.match(r"\d{4}-\d\d", when):
            return False
        first, last = (self.start or date.min).isoformat(), (self.end or date.max).isoformat()
        return first[: len(when)] <= when[:10] <= last[: len(when)]

    @property
    def schema(self) -> pa.Schema:
        """The columns of the answer, with their types."""
        everything = self.dataset.whole_schema
        return pa.schema([everything.field(name) for name in self.columns])

    @property
    def filter(self) -> pc.Expression | None:
        """What partitions cannot answer."""
        if self.sources is None or "source" in self.dataset.partition_schema.names:
            return self.where
        of_sources = pc.field("source").cast(pa.string()).isin(pa.array(self.sources, pa.string()))
        return of_sources if self.where is None else of_sources & self.where


def meant(word: object, known: Iterable[str]) -> str:
    """A question that helps whoever made a slip; nothing where no known word is like it."""
    alike = get_close_matches(str(word), list(known), n=1)
    return f" (did you mean {alike[0]!r}?)" if alike else ""


def _day(name: str, given: Day | None) -> date | None:
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    if isinstance(given, str) and (month := MONTH.fullmatch(given)):
        year, number = int(month[1]), int(month[2])
        return date(max(year, 1), number, calendar.monthrange(max(year, 1), number)[1] if name == "end" else 1)
    try:
        day = given.date() if isinstance(given, datetime) else date.fromisoformat(given)
        return date(day.year, day.month, day.day)  # pandas has NaT, which passes for a day
    except (ValueError, TypeError):
        raise BadInput(f"{name}={given!r} is no day; give a date, or text such as '2026-11-03' or '2026-11'") from None


def _sources(wanted: Iterable[str] | None) -> tuple[str, ...] | None:
    if wanted is None or isinstance(wanted, str):
        return None if wanted is None else (wanted,)
    names = tuple(wanted) if isinstance(wanted, Iterable) else None
    if names is None or not all(isinstance(name, str) for name in names):
        raise BadInput(f"sources={wanted!r}: give a list of names, such as ['lbc']")
    return names


def _columns(dataset: Dataset, wanted: Iterable[str] | None) -> tuple[str, ...]:
    known = tuple(dataset.whole_schema.names)
    if wanted is None:
        return known
    if not isinstance(wanted, Iterable):
        raise BadInput(f"columns={wanted!r}: give a list of {', '.join(known)}")
    names = (wanted,) if isinstance(wanted, str) else tuple(wanted)
    for name in names:
        if name not in known:
            raise BadInput(f"columns: no {name!r} in {dataset.name}{meant(name, known)}; there are {', '.join(known)}")
    return names


def _where(dataset: Dataset, wanted: pc.Expression | None) -> pc.Expression | None:
    if wanted is None:
        return None
    example = "an expression of columns, such as pyarrow.compute.field('word_count') > 500"
    if not isinstance(wanted, pc.Expression):
        raise BadInput(f"where={wanted!r}: give {example}")
    try:
        dataset.whole_schema.empty_table().filter(wanted)
    except (pa.ArrowException, TypeError) as error:
        said = str(error).splitlines()[0]
        raise BadInput(f"where={wanted}: cannot be asked of {dataset.name}: {said}; give {example}") from None
    return wanted
