"""What a reader of the calendar asks to see, as it stands in the address of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

from copydesk.views.calendar.days import Range
from copydesk.views.calendar.states import State


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days, sources and states; no source or state means all."""

    days: Range
    sources: tuple[str, ...]
    states: tuple[State, ...]
    raw: bool  # whether the raw files are to be listed, too
    now: datetime

    @property
    def wants_arrivals(self) -> bool:
        """Whether the answer needs the raw files."""
        return self.raw or State.LATE in self.states

    def address(self) -> str:
        """The query of a page that shows just this."""
        pairs = [("first", self.days.first.isoformat()), ("last", self.days.last.isoformat())]
        pairs += [("source", name) for name in self.sources] + [("state", state.value) for state in self.states]
        return "?" + urlencode(pairs + [("raw", "1")] * self.raw)

    def with_raw(self) -> str:
        """The same with what the raw files tell."""
        return replace(self, raw=True).address()

    def toggling(self, state: State) -> str:
        """The same with one state more, or without it."""
        states = tuple(one for one in self.states if one is not state) if state in self.states else (*self.states, state)
        return replace(self, states=states).address()

    def of_last(self, days: int) -> str:
        """The same for the last days until today."""
        today = self.now.date()
        return replace(self, days=Range(today - timedelta(days=days - 1), today)).address()


def ask(
    first: str = "",
    last: str = "",
    source: Annotated[Sequence[str], Query()] = (),
    state: Annotated[Sequence[State], Query()] = (),
    raw: bool = False,
) -> Asked:
    """What the query asks; BadInput where its days make no sense."""
    now = datetime.now(UTC)
    sources = tuple(sorted({name for name in source if name}))
    return Asked(Range.ask(first, last, now.date()), sources, tuple(dict.fromkeys(state)), raw, now)


Ask = Annotated[Asked, Depends(ask)]
