"""A batch of documents, of which one may kill who works on it: its neighbours do not suffer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from copydesk.processes.killable import Died
from copydesk.records import Origin, Reason, Reject, Stage
from copydesk.settings import Settings

SETTING = "COPYDESK_MAX_DOCUMENT_SECONDS"
MEMORY = "COPYDESK_MAX_READER_BYTES"
ORDINARY_SECONDS = 0.05  # of work for a document: ten times what one takes

Item = TypeVar("Item")
Result = TypeVar("Result")


def allowed_seconds(settings: Settings, documents: int) -> float:
    """The work that a batch may take: one of its documents may need all that a document may."""
    return settings.max_document_seconds + ORDINARY_SECONDS * (documents - 1)


def isolate(items: Sequence[Item], work: Callable[[Sequence[Item]], Result]) -> tuple[list[Result], dict[int, Died]]:
    """The results of `work` for all items but those that kill it, and how each of those did, by its place.

    What is left of the batch is worked on together again: the result is the same as if the others had never been in it.
    """
    try:
        return [work(items)], {}
    except Died as death:
        if len(items) == 1:
            return [], {0: death}
    alone: dict[int, Result] = {}
    deaths: dict[int, Died] = {}
    for at, item in enumerate(items):
        try:
            alone[at] = work([item])
        except Died as death:
            deaths[at] = death
    if not deaths or not alone:
        return list(alone.values()), deaths
    try:
        return [work([items[at] for at in alone])], deaths
    except Died:
        return list(alone.values()), deaths  # each of them is fine, and all together too much


def refused(death: Died, stage: Stage, settings: Settings, origin: Origin, url: str | None = None) -> Reject:
    """The reject of a document that killed its worker."""
    is_memory = death.reason is Reason.TOO_LARGE and stage is Stage.READ
    limit = f"{MEMORY}={settings.max_reader_bytes}" if is_memory else f"{SETTING}={settings.max_document_seconds}"
    return Reject(stage, death.reason, f"{death.detail}; {limit}", origin, url)
