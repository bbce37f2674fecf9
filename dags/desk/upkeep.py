"""What the tasks of `housekeeping` do to the lake of the settings."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from copydesk.errors import BadInput
from copydesk.lake.scrubbing import Fault, scrub
from copydesk.settings import Settings
from copydesk.storage import Storage
from copydesk.upkeep.housekeeping import keep_plan, survey, take_plan, tidy
from desk.metrics import FINDINGS, GONE, count, gauge, log_counts

MAX_LINES = 1000  # of findings in a log; `copydesk scrub` gives all

log = logging.getLogger(__name__)


def scrub_lake(*, is_quick: bool) -> dict[str, Any]:
    """Counts; BadInput where the lake is damaged."""
    lake = Storage.open(Settings.from_env().lake)
    scrubbed = scrub(lake, is_quick=is_quick)
    for finding in scrubbed.findings[:MAX_LINES]:
        log.warning("%s: %s: %s", finding.fault, finding.path, finding.detail)
    counts = Counter(str(finding.fault) for finding in scrubbed.findings)
    for fault in Fault:
        gauge(FINDINGS, counts[fault], {"fault": fault})
    if any(finding.is_damage for finding in scrubbed.findings):
        words = ", ".join(f"{count} {fault}" for fault, count in sorted(counts.items()))
        raise BadInput(f"{lake.uri}: {words}; the log names each, docs/operations/lake.md says what to do; nothing was removed")
    seen = {"partitions": scrubbed.partitions, "files": scrubbed.files, "bytes": scrubbed.bytes, **counts}
    log_counts("scrub", seen)
    return seen


def list_waste(run_id: str) -> dict[str, int]:
    """What would go, in the log; counts by kind."""
    settings = Settings.from_env()
    lake = Storage.open(settings.lake)
    found = survey(lake, settings, datetime.now(UTC))
    for waste in found:
        log.info("would go: %s: %s: %s bytes in %s files", waste.kind, waste.path, waste.bytes, waste.files)
    keep_plan(lake, run_id, found)
    return dict(Counter(str(waste.kind) for waste in found))


def remove_waste(run_id: str) -> dict[str, int]:
    """What went, of the list that the run's dry run left; counts by kind."""
    settings = Settings.from_env()
    lake = Storage.open(settings.lake)
    gone: Counter[str] = Counter()
    for done in tidy(lake, settings, take_plan(lake, run_id), datetime.now(UTC)):
        if done.is_removed:
            gone[str(done.waste.kind)] += 1
        log.info("%s: %s: %s", "gone" if done.is_removed else "touched meanwhile, left", done.waste.kind, done.waste.path)
    for kind, number in gone.items():
        count(GONE, number, {"kind": kind.replace(" ", "_")})
    return dict(gone)
