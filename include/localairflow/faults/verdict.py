"""What a lake holds after the faults, beside one that had none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256

from copydesk.lake.cached_lines import KEPT
from copydesk.lake.layout import STAGING
from copydesk.lake.scrubbing import Finding, scrub
from copydesk.schema import DATASETS
from copydesk.storage import Storage
from localairflow.api import Api
from localairflow.waiting import Outcome

REQUESTS = 8  # at once


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that must hold, and what there was to do."""

    states: Counter[str]  # of runs
    tries: Counter[int]  # tasks by how often they were tried
    files: int  # of the lake without faults
    different: list[str]  # files that are in one lake alone, or have other bytes
    findings: Sequence[Finding]
    rows: int
    left: int  # files in staging, which housekeeping removes

    @property
    def holds(self) -> bool:
        """Whether the faults made no difference."""
        return set(self.states) == {"success"} and self.files > 0 and not self.different and not self.findings


def judge(api: Api, runs: Sequence[Outcome], lake: Storage, undisturbed: Storage, rows: int) -> Verdict:
    """Compare byte by byte, and scrub."""
    ours, theirs = published(lake), published(undisturbed)
    return Verdict(
        states=Counter(run.state for run in runs),
        tries=Counter(task["try_number"] for run in runs for task in api.tasks(run.dag_id, run.run_id)),
        files=len(theirs),
        different=sorted(path for path, _ in ours.items() ^ theirs.items()),
        findings=scrub(lake).findings,
        rows=rows,
        left=sum(not file.path.startswith(f"{KEPT}/") for file in lake.files(STAGING)),
    )


def published(lake: Storage) -> dict[str, str]:
    """The hash of every file of the datasets that are replaced whole; those that record runs have times in them."""
    paths = [file.path for dataset in DATASETS.values() if not dataset.appends for file in lake.files(dataset.name)]
    with ThreadPoolExecutor(REQUESTS) as pool:
        return dict(zip(paths, pool.map(lambda path: sha256(lake.read_bytes(path)).hexdigest(), paths), strict=True))
