"""What a person decides on a run that is held, from its page: the same as `copydesk release` and `copydesk reject`."""

from __future__ import annotations

from datetime import UTC, datetime

from copydesk import pipeline
from copydesk.dumps import kind_of
from copydesk.errors import BadInput
from copydesk.run import Run
from copydesk.schema import Judged
from copydesk.settings import Settings
from copydesk.sources import find
from copydesk.steps.deciding import Decision, find_held
from copydesk.workdir import VERDICT

MAX_REASON_CHARS = 1000


class NotHeld(BadInput):
    """The run that somebody looked at does not wait for a decision any more."""


def held_run(settings: Settings, source: str, dump: str) -> Run | None:
    """The run of the dump that waits for a decision, or whose release was begun; None where there is none."""
    return find_held(Run(find(source, settings.sources), dump, "", settings, kind_of(dump)))


def decision(by: str, reason: str) -> Decision:
    """What is put on record; BadInput where no reason is given, or a book of them."""
    words = reason.strip()
    if not words or len(words) > MAX_REASON_CHARS:
        raise BadInput(f"say why in 1 to {MAX_REASON_CHARS} characters: it stands in `runs` beside your name")
    return Decision(by, datetime.now(UTC), words)


def release(settings: Settings, source: str, dump: str, run_id: str, decided: Decision) -> list[str]:
    """Publish the held run that was looked at; the months to curate then."""
    months: list[str] = pipeline.release(_looked_at(settings, source, dump, run_id), decided)["touched_months"]
    return months


def reject(settings: Settings, source: str, dump: str, run_id: str, decided: Decision) -> None:
    """Do away with the held run that was looked at."""
    pipeline.reject(_looked_at(settings, source, dump, run_id), decided)


def is_begun(run: Run) -> bool:
    """Whether somebody released it and that was interrupted: it can only be released to its end."""
    return bool(run.work.read_json(VERDICT)["verdict"] != Judged.HOLD)


def _looked_at(settings: Settings, source: str, dump: str, run_id: str) -> Run:
    held = held_run(settings, source, dump)
    if held is None or held.run_id != run_id:
        raise NotHeld(f"{source} {dump}: {run_id} is not held any more: somebody decided on it, or a later run took its place")
    return held
