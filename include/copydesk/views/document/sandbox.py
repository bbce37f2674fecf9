"""Where records are read again and labelled for a page: in a process of its own, since pages of the web are hostile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from functools import partial
from typing import TYPE_CHECKING

from copydesk.records import Origin
from copydesk.steps.killable import Died, Killable
from copydesk.views.document.raw_record import Dissection

if TYPE_CHECKING:
    from copydesk.run import Run

HURRIED_SECONDS, PATIENT_SECONDS = 2, 20  # of work; other readers wait meanwhile
QUEUE_SECONDS = 10


class Bench:
    """One process, and one thread that asks it: the system ends the process with the thread that started it."""

    def __init__(self) -> None:
        self._killable = Killable(_prepare)
        self._thread = ThreadPoolExecutor(1, "copydesk-bench")

    def warm_up(self) -> None:
        """Let the process get ready, without waiting for it."""
        self._thread.submit(self._killable.start)

    def dissect(self, run: Run, origin: Origin, *, is_patient: bool = False) -> Dissection:
        """What stands in the record at `origin`; in a hurry only what a page can wait for."""
        seconds = PATIENT_SECONDS if is_patient else HURRIED_SECONDS
        job = partial(_dissect, run, origin, is_patient)
        try:
            return self._thread.submit(self._killable.ask, seconds, job).result(QUEUE_SECONDS)
        except Died as death:
            return Dissection(f"Reading and labelling it again was given up: {death.detail}.", is_hurried=not is_patient)
        except NotInTime:
            return Dissection("The process that labels is busy, or only just started; load the page again in a moment.")


# What the process imports takes a hundred megabytes, which nothing but the process needs.


def _prepare() -> None:
    from copydesk.views.document import relabelling

    relabelling.prepare()


def _dissect(run: Run, origin: Origin, is_patient: bool) -> Dissection:
    from copydesk.views.document.relabelling import dissect

    return dissect(run, origin, is_patient=is_patient)


BENCH = Bench()
