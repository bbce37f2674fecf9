"""Find what may go, and take it away; between the two somebody may look at the list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from copydesk.errors import BadInput
from copydesk.lake.layout import STAGING
from copydesk.lake.scrubbing import SETTLE_S, scrub
from copydesk.settings import Settings
from copydesk.storage import Storage
from copydesk.upkeep import retention, staging, strays
from copydesk.upkeep.removing import remove
from copydesk.upkeep.waste import Kind, Waste, touched_before

PLAN = f"{STAGING}/housekeeping/plan.json"


@dataclass(frozen=True, slots=True)
class Done:
    """One thing of the list, and whether it went; what was touched meanwhile stays."""

    waste: Waste
    is_removed: bool


def survey(storage: Storage, settings: Settings, now: datetime, *, settle_s: float = SETTLE_S) -> list[Waste]:
    """All that may go; BadInput where the lake is damaged, since what nobody names may then be what heals it."""
    findings = scrub(storage, is_quick=True, settle_s=settle_s).findings
    damage = [finding for finding in findings if finding.is_damage]
    if damage:
        first = f"{damage[0].fault}: {damage[0].path}: {damage[0].detail}"
        advice = "mend that first, nothing is removed from a damaged lake; `copydesk scrub` names all of it"
        raise BadInput(f"{storage.uri}: {len(damage)} files are not as their manifests say, such as {first}; {advice}")
    found = [*staging.publications(storage), *staging.runs(storage), *strays.strays(storage, findings)]
    for kind in retention.LIMITED:
        if touched_before(settings, kind, now):
            found += retention.partitions(storage, kind)
    if touched_before(settings, Kind.DATA_DOCS, now):
        found += retention.pages(storage)
    return [waste for waste in found if is_old(waste, settings, now)]


def is_old(waste: Waste, settings: Settings, now: datetime) -> bool:
    """Whether it was touched so long ago that it may go."""
    limit = touched_before(settings, waste.kind, now)
    return limit is not None and waste.touched_at < limit


def tidy(storage: Storage, settings: Settings, found: Iterable[Waste], now: datetime) -> Iterator[Done]:
    """Take away what was found, each only if it may still go."""
    for waste in found:
        yield Done(waste, remove(storage, waste, lambda seen: is_old(seen, settings, now)))


def keep_plan(storage: Storage, run_id: str, found: Iterable[Waste]) -> None:
    """Leave the list of a dry run, for the one that tidies up by it."""
    content = {"run_id": run_id, "found": [waste.to_json() for waste in found]}
    storage.write_bytes(PLAN, json.dumps(content, indent=1).encode())


def take_plan(storage: Storage, run_id: str) -> list[Waste]:
    """The list of the run's own dry run; BadInput where there is none."""
    try:
        content = json.loads(storage.read_bytes(PLAN))
    except FileNotFoundError:
        content = {"run_id": None}
    if content["run_id"] != run_id:
        raise BadInput(f"{storage.uri_of(PLAN)}: holds no list of this run; clear the run from `look` on")
    return [Waste.from_json(each) for each in content["found"]]
