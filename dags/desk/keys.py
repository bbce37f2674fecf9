"""The partition keys a run may have: checked before they become part of a path."""

from __future__ import annotations

import re

from copydesk.errors import BadInput

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MONTH = re.compile(r"\d{4}-\d\d|unknown")


def dump_day(partition_key: str | None) -> str:
    """The run's dump day."""
    return _checked(partition_key, DAY, "a dump day such as 2026-11-03")


def publication_month(partition_key: str | None) -> str:
    """The run's publication month."""
    return _checked(partition_key, MONTH, "a publication month such as 2026-11, or unknown")


def _checked(partition_key: str | None, shape: re.Pattern[str], what: str) -> str:
    if partition_key is None:
        raise BadInput(f"The run has no partition key: trigger it again and fill in 'Partition Key' with {what}.")
    if not shape.fullmatch(partition_key):
        raise BadInput(f"Partition key {partition_key!r}: must be {what}. Trigger the run again with a right one.")
    return partition_key
