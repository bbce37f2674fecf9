"""Rows to one file for other tools, as JSON lines, CSV or Parquet, with no more than a few thousand in memory."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.lake.parts import RUN_BYTES, text_bytes
from copydesk.lake.question import Question
from copydesk.lake.reading import Report, stream
from copydesk.lake.retrying import until_undisturbed
from copydesk.storage import Storage

Write = Callable[[pa.Schema, Iterable[pa.RecordBatch], Path], int]

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")  # what a spreadsheet may take for the beginning of a formula
AS_TEXT = "'"  # before a cell, tells a spreadsheet that what follows is text
JOINT = "; "


def export_rows(storage: Storage, question: Question, path: Path, write: Write, report: Report) -> int:
    """Write the rows that were asked for and say how many; where a partition is replaced meanwhile, all is written anew."""
    return until_undisturbed(lambda: write(question.schema, stream(storage, question, report), path))


def write_jsonl(schema: pa.Schema, batches: Iterable[pa.RecordBatch], path: Path) -> int:
    """One object a line: times in ISO 8601 with their zone, lists and structs as they are, null where nothing is known."""
    rows = 0
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for batch in batches:
            columns = [_values(column) for column in batch.columns]
            for row in zip(*columns, strict=True):
                lines.write(json.dumps(dict(zip(schema.names, row, strict=True)), ensure_ascii=False, default=_iso) + "\n")
            rows += batch.num_rows
    return rows


def write_csv(schema: pa.Schema, batches: Iterable[pa.RecordBatch], path: Path) -> int:
    """A head and a line a row, in UTF-8: texts of a list are joined by `; `, structs are JSON, a null is an empty cell.

    Text that a spreadsheet could take for a formula gets an apostrophe before it.
    """
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(schema.names)
        for batch in batches:
            columns = [list(map(_cell, _values(column))) for column in batch.columns]
            table.writerows(zip(*columns, strict=True))
            rows += batch.num_rows
    return rows


def write_parquet(schema: pa.Schema, batches: Iterable[pa.RecordBatch], path: Path) -> int:
    """The types as they are in the lake, in row groups of many batches."""
    rows, held, held_bytes = 0, list[pa.RecordBatch](), 0
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for batch in batches:
            held.append(batch)
            held_bytes += text_bytes(batch)
            if held_bytes >= RUN_BYTES:
                file.write_table(pa.Table.from_batches(held, schema).unify_dictionaries())
                held, held_bytes = [], 0
            rows += batch.num_rows
        file.write_table(pa.Table.from_batches(held, schema).unify_dictionaries())
    return rows


WRITERS: Mapping[str, Write] = {".jsonl": write_jsonl, ".csv": write_csv, ".parquet": write_parquet}


def _values(column: pa.Array) -> list[Any]:
    """The values as Python has them; 0.9 of four bytes stays 0.9 and becomes no 0.8999999761581421."""
    if pa.types.is_float32(column.type):
        column = pc.cast(pc.cast(column, pa.string()), pa.float64())
    values: list[Any] = column.to_pylist()
    return values


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    text = _text(value)
    return AS_TEXT + text if FORMULA.match(text) else text


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return _iso(value)
    if all(isinstance(item, str) for item in value):
        return JOINT.join(value)
    return json.dumps(value, ensure_ascii=False, default=_iso)


def _iso(value: date) -> str:
    return value.isoformat()
