"""Where records are read again and labelled for a page: in a process of its own, since pages of the web are hostile."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from functools import partial
from typing import TYPE_CHECKING, Any

from copydesk.errors import BadInput
from copydesk.processes.killable import Died, Killable
from copydesk.records import Origin
from copydesk.settings import Settings
from copydesk.views.document.origins import origin_of, run_of
from copydesk.views.document.raw_record import RawRecord

if TYPE_CHECKING:
    from copydesk.run import Run

HURRIED_SECONDS, PATIENT_SECONDS = 2, 20  # of work; other readers wait meanwhile
QUEUE_SECONDS = 10


class Sandbox:
    """One process, and one thread that asks it: the system ends the process with the thread that started it."""

    def __init__(self) -> None:
        self._killable = Killable(_prepare)
        self._thread = ThreadPoolExecutor(1, "copydesk-sandbox")

    def warm_up(self) -> None:
        """Let the process get ready, without waiting for it."""
        self._thread.submit(self._killable.start)

    def read_again(self, run: Run, origin: Origin, *, is_patient: bool = False) -> RawRecord:
        """What stands in the record at `origin`; in a hurry only what a page can wait for."""
        seconds = PATIENT_SECONDS if is_patient else HURRIED_SECONDS
        job = partial(_read_again, run, origin, is_patient)
        try:
            return self._thread.submit(self._killable.ask, seconds, job).result(QUEUE_SECONDS)
        except Died as death:
            return RawRecord(f"Reading and labelling it again was given up: {death.detail}.", is_hurried=not is_patient)
        except NotInTime:
            return RawRecord("The process that labels is busy, or only just started; load the page again in a moment.")


# What the process imports takes a hundred megabytes, which nothing but the process needs.


def _prepare() -> None:
    from copydesk.views.document import relabelling

    relabelling.prepare()


def _read_again(run: Run, origin: Origin, is_patient: bool) -> RawRecord:
    from copydesk.views.document.relabelling import read_again

    return read_again(run, origin, is_patient=is_patient)


SANDBOX = Sandbox()


def raw_record_of(settings: Settings, row: Mapping[str, Any], *, is_patient: bool = False) -> RawRecord:
    """The raw record of a row, read again; why not, where its source file is gone."""
    try:
        run = run_of(settings, row["source"], row["dump"])
    except BadInput as error:
        return RawRecord(f"The raw record cannot be read again: {error}")
    return SANDBOX.read_again(run, origin_of(row), is_patient=is_patient)
