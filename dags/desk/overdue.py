"""What the task of `fresh_<source>` does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk import pipeline
from copydesk.errors import Overdue
from desk.metrics import OVERDUE, count, told
from desk.runs import run_of


def check(source: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """How the day stands; Overdue, once that is counted, where it is not published."""
    run = run_of(source, context)
    with told(source=source, key=run.key):
        try:
            return pipeline.check_published(run)
        except Overdue:
            count(OVERDUE, 1, {"source": source})
            raise
