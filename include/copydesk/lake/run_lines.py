"""One row of `runs` in short, and how it is read from its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.filesystems.bucket import is_gone
from copydesk.lake.layout import parse_path
from copydesk.schema import RUNS
from copydesk.storage import Storage

SUFFIX = ".parquet"


@dataclass(frozen=True, slots=True)
class RunLine:
    """One row of `runs` in short; a decision on a run that was held is a row of its own."""

    path: str  # of its file below the lake
    source: str
    dump: str
    run_id: str
    kind: str  # ingest, curate or replay
    started_at: datetime
    finished_at: datetime
    verdict: str
    decided_by: str | None
    verdict_reasons: Sequence[str]
    records_seen: int | None
    records_accepted: int | None
    records_rejected: int | None

    @property
    def name(self) -> str:
        """By which the row is told from the others of its dump."""
        return self.path.rpartition("/")[2].removesuffix(SUFFIX)


FIELDS = tuple(RunLine.__dataclass_fields__)
COLUMNS = tuple(name for name in FIELDS if name in RUNS.schema.names)


def read_line(storage: Storage, path: str) -> RunLine | None:
    """The row of a file in short; None where somebody deleted it."""
    table = read_table(storage, path, COLUMNS)
    return None if table is None else line_of(path, table)


def line_of(path: str, table: pa.Table) -> RunLine | None:
    """The row in short, as it stands in the file of that path; None where that is no place for one."""
    values = dump_of(path)
    if values is None:
        return None
    row = table.select([name for name in COLUMNS if name in table.column_names]).to_pylist()[0]
    short: dict[str, Any] = {name: row.get(name) for name in COLUMNS}  # a row of an older schema has not all of them
    return RunLine(**{**short, **values, "path": path, "verdict_reasons": tuple(short["verdict_reasons"] or ())})


def read_row(storage: Storage, path: str, columns: Sequence[str] | None = None) -> dict[str, Any] | None:
    """The row of a file, with those of the columns that its version of the schema has; None where somebody deleted it."""
    table = read_table(storage, path, columns)
    return None if table is None else dict(table.to_pylist()[0])


def read_table(storage: Storage, path: str, columns: Sequence[str] | None = None) -> pa.Table | None:
    """The same as a table: of a dump of many files the column `inputs` is long."""
    try:
        with storage.open_random(path) as stream, pq.ParquetFile(stream) as file:
            return file.read(columns=columns, use_threads=False)
    except OSError as error:
        if is_gone(error):
            return None
        raise


def dump_of(path: str) -> dict[str, str] | None:
    """Source and dump in the path of a run's file; None for other paths."""
    values = parse_path(RUNS, path.rpartition("/")[0])
    if values is None or not path.endswith(SUFFIX):
        return None
    return {name: value or "" for name, value in values.items()}
