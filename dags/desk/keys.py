"""The partition keys a run may have: checked before they become part of a path."""

from __future__ import annotations

from collections.abc import Callable

from copydesk.dumps import is_day, is_month
from copydesk.errors import BadInput


def dump_day(partition_key: str | None) -> str:
    """The run's dump day."""
    return _checked(partition_key, is_day, "a dump day such as 2026-11-03")


def publication_month(partition_key: str | None) -> str:
    """The run's publication month."""
    return _checked(partition_key, is_month, "a publication month such as 2026-11, or unknown")


def _checked(partition_key: str | None, fits: Callable[[str], bool], what: str) -> str:
    if partition_key is None:
        raise BadInput(f"The run has no partition key: trigger it again and fill in 'Partition Key' with {what}.")
    if not fits(partition_key):
        raise BadInput(f"Partition key {partition_key!r}: must be {what}. Trigger the run again with a right one.")
    return partition_key
