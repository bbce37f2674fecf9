"""The raw files of a run: what they add up to, and those to look at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.schema import INPUT

LISTED = 200  # a dump may be a hundred thousand files
FIRST = [("complete", "ascending"), ("rejected", "descending"), ("uri", "ascending")]


@dataclass(frozen=True, slots=True)
class Inputs:
    """All files in numbers, and some of them one by one: partial ones, then those that lost most."""

    files: int
    bytes: int
    partial: int
    unaccounted: int  # files whose records are not those accepted and those rejected
    listed: list[dict[str, Any]]  # as `schema.INPUT` has them


def inputs_of(run: pa.Table) -> Inputs:
    """The files of the one row of `run`; an older schema knows less of each."""
    column = run["inputs"] if "inputs" in run.column_names else pa.chunked_array([], pa.list_(INPUT))
    files = _files(pc.list_flatten(column.combine_chunks()))
    counted = pc.add(pc.fill_null(files["accepted"], 0), pc.fill_null(files["rejected"], 0))
    wrong = pc.and_(pc.is_valid(files["accepted"]), pc.not_equal(files["records"], counted))
    return Inputs(
        files.num_rows,
        pc.sum(files["bytes"]).as_py() or 0,
        pc.sum(pc.invert(files["complete"])).as_py() or 0,
        pc.sum(wrong).as_py() or 0,
        files.take(pc.sort_indices(files, FIRST)[:LISTED]).to_pylist(),
    )


def _files(structs: pa.Array) -> pa.Table:
    known = {field.name for field in structs.type}
    columns = {
        field.name: structs.field(field.name) if field.name in known else pa.nulls(len(structs), field.type) for field in INPUT
    }
    return pa.table(columns)
