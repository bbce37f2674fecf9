"""The task that waits for a dump, without holding a worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import BaseOperator, Context

from desk.runs import run_of

GRACE = timedelta(minutes=15)  # after it a triggerer that should have fired is taken for dead, and the task looks for itself


class WaitForDump(BaseOperator):
    """Ends when the dump is complete, as its source says; fails when it is not and the deadline has passed."""

    def __init__(self, *, source: str, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.source = source

    def execute(self, context: Context) -> None:
        """Look once, so that a dump that is there for long is not waited for; else leave the worker to others."""
        self._look(context)

    def look_again(self, context: Context, event: str) -> None:
        """What is called when the trigger has fired."""
        self.log.info("%s %s: woken up to look again", self.source, event)
        self._look(context)

    def _look(self, context: Context) -> None:
        from copydesk import pipeline
        from copydesk_arrival import ArrivalTrigger

        run = run_of(self.source, context)
        if pipeline.has_arrived(run):
            return
        deadline = pipeline.deadline(run)
        self.log.info("%s %s: waiting until %s", self.source, run.key, deadline)
        trigger = ArrivalTrigger(self.source, run.key, run.run_id)
        self.defer(trigger=trigger, method_name="look_again", timeout=deadline - datetime.now(UTC) + GRACE)
