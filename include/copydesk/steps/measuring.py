"""What a step of a run did, in numbers with names, for whoever keeps metrics; the same name is always the same kind of number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import load
from copydesk.run import Run
from copydesk.schema import CLEAN, QUARANTINE, REMOVED, Judged
from copydesk.steps.plan import inputs_of
from copydesk.workdir import VERDICT

RECORDS, REJECTS, BYTES, HELD = "copydesk.records", "copydesk.rejects", "copydesk.bytes", "copydesk.held"
FATES = {  # of the counts a step returns those that are records, and what became of them
    "documents": "accepted",
    "accepted": "accepted",
    "rejected": "rejected",
    "records_accepted": "accepted",
    "records_rejected": "rejected",
    "articles": "accepted",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """So many of something, to be added to what was counted before."""

    name: str
    value: int
    tags: Mapping[str, str] = field(default_factory=dict)


def measures(run: Run, stage: str, counts: Mapping[str, Any], shard: int | None = None) -> Iterator[Measure]:
    """What a step that came to its end says of itself."""
    yield from records(run.source.name, stage, counts)
    if stage == "segment" and shard is not None:
        yield _bytes(run, stage, sum(file.size for file in inputs_of(run.work, shard)))
    if stage == "publish":
        manifests = (load(run.lake, partition_path(dataset, run.values)) for dataset in (CLEAN, QUARANTINE, REMOVED))
        yield _bytes(run, stage, sum(manifest.size for manifest in manifests if manifest))


def records(source: str, stage: str, counts: Mapping[str, Any]) -> Iterator[Measure]:
    """The records among the counts of a step."""
    for name, value in counts.items():
        if name in FATES:
            yield Measure(RECORDS, value, {"source": source, "stage": stage, "fate": FATES[name]})


def judged(run: Run) -> Iterator[Measure]:
    """Why records of the run were rejected, and whether it is held; nothing before it was judged."""
    outcome = run.work.read_json(VERDICT)
    if outcome is None:
        return
    source = run.source.name
    for each in outcome["rejected_by_reason"]:
        yield Measure(REJECTS, each["records"], {"source": source, "stage": each["stage"], "reason": each["reason"]})
    if outcome["verdict"] == Judged.HOLD:
        yield Measure(HELD, 1, {"source": source})


def _bytes(run: Run, stage: str, size: int) -> Measure:
    return Measure(BYTES, size, {"source": run.source.name, "stage": stage})
