"""The rows of `quarantine` of a dump, as people ask for them: of what is published, or of a run that is held."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import load
from copydesk.lake.retrying import until_undisturbed
from copydesk.run import Run
from copydesk.schema import QUARANTINE
from copydesk.steps.deciding import find_held
from copydesk.steps.rows import read_rows


class Quarantined(NamedTuple):
    """What was not accepted of a dump."""

    rows: pa.Table
    is_held: bool  # by a run that waits for a decision: nothing of it is published


def quarantined(run: Run) -> Quarantined:
    """The rows of the run that is held, so that it can be seen why; where none is, those that are published."""
    if held := find_held(run):
        tables = read_rows(held.work, QUARANTINE)
        return Quarantined(pa.concat_tables([QUARANTINE.schema.empty_table(), *tables]), is_held=True)
    return Quarantined(published_rows(run), is_held=False)


def published_rows(run: Run) -> pa.Table:
    """The rows of the published partition; none where nothing was published."""
    return until_undisturbed(lambda: _published_rows(run))


def _published_rows(run: Run) -> pa.Table:
    import pyarrow.parquet as pq

    folder = partition_path(QUARANTINE, run.values)
    manifest = load(run.lake, folder)
    tables = [QUARANTINE.schema.empty_table()]
    for part in manifest.parts if manifest else ():
        with run.lake.open_random(f"{folder}/{part.name}") as stream:
            tables.append(pq.read_table(stream))
    return pa.concat_tables(tables, promote_options="default").select(QUARANTINE.schema.names)
