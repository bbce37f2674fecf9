"""What a site rule is, and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING

from copydesk.errors import BadInput
from copydesk.label_names import LABELS

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a rule says of a page: the fields it gives stand whatever else the page says, and marked elements have that label."""

    title: str | None = None
    standfirst: str | None = None
    authors: Collection[str] = ()
    section: str | None = None
    tags: Collection[str] = ()
    published_at: str | None = None  # as the page writes it; times without a zone are in the source's
    modified_at: str | None = None
    marks: Mapping[str, Iterable[Tag]] = field(default_factory=dict)  # by label

    def __post_init__(self) -> None:
        """A label that does not exist, or one string for a list of them, is a slip that would silently do nothing."""
        if unknown := set(self.marks) - set(LABELS):
            raise ValueError(f"no label {', '.join(sorted(unknown))}; the labels are {', '.join(LABELS)}")
        for name in ("authors", "tags"):
            if isinstance(getattr(self, name), str):
                raise TypeError(f"{name} is one string; give a list of them")

    def statements(self) -> Iterable[tuple[str, str]]:
        """Field and value, for every field given, white space in order."""
        for part in fields(self):
            value = getattr(self, part.name)
            if part.name != "marks" and value:
                for each in (value,) if isinstance(value, str) else value:
                    yield part.name, " ".join(each.split())


Judge = Callable[["BeautifulSoup"], Ruling]


@dataclass(frozen=True, slots=True)
class Rule:
    """A function of a page of one host, and the days of the crawl on which it holds, both included."""

    name: str
    host: str
    first: date
    last: date | None
    judge: Judge

    def holds_on(self, day: date | None) -> bool:
        """Whether the layout it was written for was there that day; where the day is not known, whether it still is."""
        if day is None:
            return self.last is None
        return self.first <= day and (self.last is None or day <= self.last)


def rule(host: str, first: str, last: str | None = None) -> Callable[[Judge], Rule]:
    """Make a function of a `BeautifulSoup` page the rule for `host` and its subdomains, crawled from `first` to `last`."""
    begin, end = _day(host, first), _day(host, last) if last else None
    if end and end < begin:
        raise BadInput(f"rule for {host}: its last day, {end}, is before its first, {begin}")

    def made(judge: Judge) -> Rule:
        module = judge.__module__.rpartition(".")[2]
        return Rule(f"{module}.{judge.__name__}", host.lower().removeprefix("www."), begin, end, judge)

    return made


def _day(host: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"rule for {host}: {text!r} is no day; write it as 2026-11-03") from None
