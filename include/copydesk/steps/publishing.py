"""A judged run → partitions that readers see, and its row in `runs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.errors import BadInput
from copydesk.lake.manifest import Part
from copydesk.lake.publishing import Publication
from copydesk.schema import CLEAN, QUARANTINE, REMOVED
from copydesk.steps.cleaning import part_path
from copydesk.steps.planned import shard_numbers
from copydesk.steps.recording import record_run
from copydesk.workdir import PUBLISHED, VERDICT, Workdir

if TYPE_CHECKING:
    from copydesk.pipeline import Run

# `clean` last: who sees an article there finds its cut blocks and its neighbours in quarantine already.
ORDER = (QUARANTINE, REMOVED, CLEAN)


def publish_run(run: Run) -> dict[str, Any]:
    """Publish the run's parts; a second call for a run that was published says the same and changes nothing."""
    work = run.work
    done: dict[str, Any] | None = work.read_json(PUBLISHED)
    if done is not None:
        return done
    outcome = _verdict(work)
    for dataset in ORDER:
        with Publication(work.storage, dataset, run.values) as publication:
            for n in shard_numbers(work):
                part = Part(**work.read_json(work.shard(n, "parts.json"))[dataset.name])
                publication.adopt(part_path(work, n, dataset, part.name), part)
            publication.publish(outcome["summary"] if dataset is CLEAN else None)
    record_run(run, outcome)
    counts = {name: outcome[name] for name in ("verdict", "records_seen", "records_accepted", "records_rejected", "touched_months")}
    work.write_json(PUBLISHED, counts)
    work.keep_only(PUBLISHED)
    return counts


def _verdict(work: Workdir) -> dict[str, Any]:
    outcome: dict[str, Any] | None = work.read_json(VERDICT)
    if outcome is None or outcome["verdict"] == "hold":
        found = "was not judged" if outcome is None else "is held"
        raise BadInput(f"{work.storage.uri_of(work.folder)}: the run {found}; clear the whole run, from `plan` on")
    return outcome
