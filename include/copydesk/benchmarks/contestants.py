"""Who reads pages: Copydesk, its peers, and the simple ways that need no program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from copydesk.benchmarks.sets import Page

SHIPPED = "as shipped, in-sample"
UNSEEN = "sites unseen"


class Reading(NamedTuple):
    """What a contestant makes of a page."""

    body: str | None = None
    title: str | None = None
    published: str | None = None  # begins with the day, as ISO 8601 writes it
    authors: Sequence[str] = ()
    day: str | None = None  # as the newsroom calls it, of who tells that apart from the instant
    crash: str | None = None  # what stopped it


Reader = Callable[[Sequence[Page]], Iterable[Reading]]


@dataclass(frozen=True, slots=True)
class Contestant:
    """A reader of pages, one reading a page, in order; the work is done when `read` returns."""

    name: str
    read: Reader
    modes: tuple[str, ...]
    is_timed: bool = False
    is_ours: bool = False
    unread: tuple[str, ...] = ()  # scores of fields it does not look for: none is better than 0
    is_in_sample: bool = False  # its parameters were learned from the pages it is scored on
