"""One run as people look at it: what it read, what became of it, what was expected, and why it was judged as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from copydesk.curate.counts import COUNTED
from copydesk.dumps import is_archive, is_day
from copydesk.lake.run_files import RunFiles
from copydesk.lake.run_lines import RunLine, read_table
from copydesk.records import MEANINGS
from copydesk.schema import Judged
from copydesk.settings import Settings
from copydesk.sources import CURATE, Source, SourceError, find
from copydesk.steps.planning import BY_HAND
from copydesk.steps.replaying import REPLAY
from copydesk.views.run.expectations import OutcomeLine, outcomes_of
from copydesk.views.run.figures import Measured, figures_of, past_figures
from copydesk.views.run.inputs import Inputs, inputs_of

LONG = "inputs"  # a dump may be a hundred thousand files: they stay a table


@dataclass(frozen=True, slots=True)
class Reason:
    """Why records were not accepted, and how many."""

    stage: str
    name: str
    meaning: str | None  # None for an expectation, whose name stands in the table of them
    records: int
    share: float  # of the records seen


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run, and the others of its dump, newest first."""

    line: RunLine
    others: list[RunLine]
    row: Mapping[str, Any]
    source: Source | None  # as its file is now
    trouble: str | None  # with that file
    inputs: Inputs
    reasons: list[Reason]
    outcomes: list[OutcomeLine]
    measured: list[Measured]
    history: int  # good runs it stands beside

    @property
    def is_balanced(self) -> bool:
        """Whether what the readers met is what was accepted and rejected, in all and in each file."""
        seen, accepted, rejected = self.line.records_seen, self.line.records_accepted, self.line.records_rejected
        return seen == (accepted or 0) + (rejected or 0) and not self.inputs.unaccounted

    @property
    def has_accounts(self) -> bool:
        """Whether records were counted: curation has none."""
        return self.line.records_seen is not None

    @property
    def counted(self) -> list[tuple[str, int]]:
        """What a curation counted, in words; nothing of other runs, or of one that an older version recorded."""
        known = {one["figure"]: one["value"] for one in self.row.get("figures") or ()} if self.line.source == CURATE else {}
        return [(words, int(known[name])) for name, words in COUNTED.items() if name in known]

    @property
    def has_usual(self) -> bool:
        """Whether any figure was held against the past when the run was judged."""
        return any(one.usual for one in self.measured)

    @property
    def least_history(self) -> int | None:
        """So many good runs of other days it takes until anything is usual; None for an archive, which is held against no days."""
        return self.source.quality.min_history_runs if self.source and is_day(self.line.dump) else None

    @property
    def expected(self) -> dict[str, OutcomeLine]:
        """The expectations by the names that quarantine counts by."""
        return {one.name: one for one in self.outcomes}

    @property
    def dag_id(self) -> str | None:
        """The DAG of Airflow that ran it; None for a run by hand."""
        return dag_of(self.line)

    @property
    def is_waiting(self) -> bool:
        """Whether it is the last word on its dump, and that is: held."""
        return self.line.verdict == Judged.HOLD and self.line == self.others[0]


def run_page(files: RunFiles, settings: Settings, source: str, dump: str, name: str | None = None) -> RunPage | None:
    """The run of that name, or the last one; None where there is none."""
    others = files.of_dump(source, dump)[::-1]
    line = next((one for one in others if name in (None, one.name)), None)
    table = read_table(files.storage, line.path) if line else None
    if line is None or table is None:
        return None
    row = table.drop_columns([LONG] if LONG in table.column_names else []).to_pylist()[0]
    found, trouble = _source(source, settings)
    past = past_figures(files, line, found.quality.history_runs) if found and row.get("figures") else []
    return RunPage(
        line,
        others,
        row,
        found,
        trouble,
        inputs_of(table),
        list(_reasons(row)),
        outcomes_of(row, found),
        figures_of(row, past),
        len(past),
    )


def dag_of(line: RunLine) -> str | None:
    """The DAG of Airflow that made the run; None for one that the command line did."""
    if line.run_id == REPLAY or line.run_id.startswith((BY_HAND, f"{CURATE}-")):
        return None
    if line.source == CURATE:
        return CURATE
    return "ingest_archive" if is_archive(line.dump) else f"ingest_{line.source}"


def _reasons(row: Mapping[str, Any]) -> Iterable[Reason]:
    """The commonest first."""
    seen = max(row.get("records_seen") or 0, 1)
    counts = sorted(row.get("rejected_by_reason") or (), key=lambda one: (-one["records"], one["stage"], one["reason"]))
    for one in counts:
        meaning = next((text for reason, text in MEANINGS.items() if reason.value == one["reason"]), None)
        yield Reason(one["stage"], one["reason"], meaning, one["records"], one["records"] / seen)


def _source(name: str, settings: Settings) -> tuple[Source | None, str | None]:
    try:
        return find(name, settings.sources), None
    except SourceError as error:
        return None, str(error)
