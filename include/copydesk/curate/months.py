"""One month of `articles`, made from all dumps that hold articles of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from copydesk.curate.days import month_of, months_after
from copydesk.curate.linking import link_month, owed_by, settle
from copydesk.curate.monthly import publish_month
from copydesk.curate.partitions import clean_partitions, keep_catalogues
from copydesk.curate.published import days_published
from copydesk.curate.signing import sign_month
from copydesk.lake.locks import in_turn
from copydesk.lake.retrying import until_undisturbed
from copydesk.storage import Storage

Result = TypeVar("Result")


def curate_month(storage: Storage, month: str) -> dict[str, int]:
    """Bring `articles` of `month` (`2026-11` or `unknown`) up to date with `clean`; what was so already is not touched.

    Other months are brought up to date too where a re-crawl moved an article from one to the other, so that every article is in
    `articles` once, and where a story has articles in both.
    """
    keep_catalogues(storage)
    signed = _sign(storage, month)
    linked = [
        _in_turn(link_month, storage, each) for each in sorted({later for every in signed for later in months_after(every)})
    ]
    counts: Counter[str] = Counter()
    for each in sorted(signed | owed_by(linked)):
        found = _in_turn(publish_month, storage, each)
        counts.update(found if each in signed else {"days_rewritten": found["days_rewritten"]})
    for manifest in filter(None, linked):
        _in_turn(partial(settle, manifest=manifest), storage, str(manifest.values["published_month"]))
    return dict(counts)


def months_held(storage: Storage) -> list[str]:
    """The months of all that `clean` holds, and of what `articles` holds still."""
    held = {month for partition in clean_partitions(storage) for month in partition.months}
    return sorted(held.union(map(month_of, days_published(storage))))


def _sign(storage: Storage, month: str) -> set[str]:
    """Sign the month, and those that articles have moved to or from; their names."""
    left, done = {month}, set[str]()
    while left:
        each = left.pop()
        done.add(each)
        left.update(_in_turn(sign_month, storage, each) - done)
    return done


def _in_turn(step: Callable[[Storage, str], Result], storage: Storage, month: str) -> Result:
    """Do a step on a month while no other process does any on it.

    Who comes later sees later what it works on, so what is published never gets older. And each step asks what is out of date
    after the step before has published, so that of two processes one sees it.
    """
    with in_turn(storage, f"curate {month}"):
        return until_undisturbed(lambda: step(storage, month))
