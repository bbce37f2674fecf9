"""Waits for a dump in the triggerer, which holds no worker slot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from airflow.triggers.base import BaseTrigger, TriggerEvent

POLL_S = 15.0


class ArrivalTrigger(BaseTrigger):
    """Fires when there is something to do about a dump: it is complete, its deadline has passed, or it cannot be waited for.

    Which of these it is, the task finds out for itself, by the same question. So a triggerer that is restarted has nothing to
    remember but the dump's name.
    """

    def __init__(self, source: str, key: str, run_id: str) -> None:
        super().__init__()
        self.source = source
        self.key = key
        self.run_id = run_id

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """What another triggerer needs to go on from here."""
        return "copydesk_arrival.ArrivalTrigger", {"source": self.source, "key": self.key, "run_id": self.run_id}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Look again and again, in a thread: storage may be slow, and other triggers share this event loop."""
        while not await asyncio.to_thread(self._is_over):
            await asyncio.sleep(POLL_S)
        yield TriggerEvent(self.key)

    def _is_over(self) -> bool:
        from copydesk.errors import BadInput
        from copydesk.pipeline import has_arrived
        from copydesk.run import Run

        try:
            return has_arrived(Run.from_env(self.source, self.key, self.run_id))
        except BadInput:
            return True  # the task meets the same and fails with it, where people look
        except OSError as error:
            self.log.warning("%s %s: not reached, will look again: %s", self.source, self.key, error)
            return False
