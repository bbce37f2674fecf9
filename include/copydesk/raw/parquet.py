"""Parquet: one article a row, its columns mapped by the source, read in small batches of the columns that are needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.raw.compression.inflating import State
from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import Context
from copydesk.raw.mapping import GIVEN, map_row
from copydesk.records import Origin, Reason, Record, Reject
from copydesk.sources.record import RecordFields, names_of

MAGIC, ENCRYPTED = b"PAR1", b"PARE"
BATCH_BYTES = 8 << 20
MAX_BATCH_ROWS = 32  # a dictionary of a few large values says little of what its rows take
BUFFER_BYTES = 1 << 20
DAY_AND_TIME = r"^(\d{4}-\d\d-\d\d) "  # as Arrow writes them; ISO has a letter between
MEMORY_SETTING = "COPYDESK_MAX_READER_BYTES"
TROUBLES = (OSError, pa.ArrowException, ValueError, OverflowError)  # UnicodeDecodeError is a ValueError


def read_parquet(stream: Decompressed, context: Context) -> Iterator[Record | Reject]:
    """A record or a reject for each row, then one reject for each row group that is broken, or for a file that is.

    Rows have no byte of their own: `offset` in their origin is the number of the row in the file, from 0.
    """
    with stream.seekable_file() as file:
        if stream.ending.state is not State.COMPLETE:
            yield context.reject_damaged(stream.ending, context.origin(None))
            return
        try:
            rows = _Rows(pq.ParquetFile(file, buffer_size=BUFFER_BYTES), stream, context)
        except TROUBLES as error:
            stream.mark_partial()
            yield _reject_file(file, context, error)
            return
        yield from rows.items()


def _reject_file(file: BinaryIO, context: Context, error: Exception) -> Reject:
    """Without its end, where everything is described, a file cannot be read at all."""
    file.seek(0)
    head = file.read(4)
    size = file.seek(0, 2)
    file.seek(max(0, size - 4))
    tail = file.read(4)
    origin = context.origin(None)
    if ENCRYPTED in (head, tail) or "encrypt" in str(error).lower():
        return context.reject(Reason.UNPARSABLE, "the file is encrypted; decrypt it first", origin)
    if head == MAGIC != tail:
        return context.reject(Reason.TRUNCATED, f"the file ends at byte {size}, before its footer: no row can be read", origin)
    return context.reject(Reason.UNPARSABLE, f"no Parquet, or its footer is broken: {_first_line(error)}", origin)


class _Rows:
    """The rows of a file or a piece of one, row group by row group."""

    def __init__(self, parquet: pq.ParquetFile, stream: Decompressed, context: Context) -> None:
        self._parquet = parquet
        self._stream = stream
        self._context = context
        self._names = parquet.schema_arrow.names
        self._columns = _columns(context.fields, self._names)
        self._row = self._ordinal = 0

    def items(self) -> Iterator[Record | Reject]:
        first, stop = self._context.piece or (0, None)
        for group in range(self._parquet.metadata.num_row_groups)[:stop]:
            after = self._row + self._parquet.metadata.row_group(group).num_rows
            if group >= first:
                yield from self._read_group(group, after)
            self._row = after

    def _read_group(self, group: int, after: int) -> Iterator[Record | Reject]:
        """The rows before the row `after`; one reject for those from a broken page on."""
        try:
            size = _batch_rows(self._parquet, group, self._columns)
            for batch in self._parquet.iter_batches(size, row_groups=[group], columns=self._columns):
                for values in _rows(batch):
                    yield _read_row(values, self._context, self._origin(), self._names)
                    self._row, self._ordinal = self._row + 1, self._ordinal + 1
        except (MemoryError, *TROUBLES) as error:
            self._stream.mark_partial()
            yield self._reject_rest(group, after - self._row, error)
            self._ordinal += 1

    def _reject_rest(self, group: int, left: int, error: Exception) -> Reject:
        done = self._parquet.metadata.row_group(group).num_rows - left
        lost = f"after {done} rows, {left} are lost: {_first_line(error)}"
        if isinstance(error, MemoryError):
            limit = f"{MEMORY_SETTING}={self._context.max_reader_bytes}"
            large = f"row group {group} takes more memory than {limit} bytes {lost}"
            return self._context.reject(Reason.TOO_LARGE, large, self._origin())
        return self._context.reject(Reason.UNPARSABLE, f"row group {group} is broken {lost}", self._origin())

    def _origin(self) -> Origin:
        return self._context.origin(None, self._ordinal, self._row)


def _columns(fields: RecordFields, names: list[str]) -> list[str]:
    """The columns of the file that hold a field: for a dotted path that is not a column itself, the one it begins with."""
    wanted = ("content", "media_type_field", "id", "url", "crawl_date", *GIVEN)
    paths = {path for name in wanted for path in names_of(getattr(fields, name))}
    return [name for name in names if any(path == name or path.startswith(f"{name}.") for path in paths)]


def _batch_rows(parquet: pq.ParquetFile, group: int, columns: list[str]) -> int:
    """How many rows to take at once, going by what they take on average."""
    about = parquet.metadata.row_group(group)
    parts = (about.column(index) for index in range(about.num_columns))
    size = sum(part.total_uncompressed_size for part in parts if part.path_in_schema.startswith(tuple(columns)))
    rows: int = BATCH_BYTES * about.num_rows // max(1, size)
    return max(1, min(MAX_BATCH_ROWS, rows))


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    if not batch.num_columns:
        return ({} for _ in range(batch.num_rows))
    columns = [_plain(column).to_pylist() for column in batch.columns]
    return (dict(zip(batch.schema.names, values, strict=True)) for values in zip(*columns, strict=True))


def _plain(column: pa.Array) -> pa.Array:
    """A column as values Python can always hold: text that may be in no encoding, and times of any year."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        return column.cast(pa.large_binary())
    if pa.types.is_timestamp(column.type):
        zone = "UTC" if column.type.tz else None
        text = column.cast(pa.timestamp(column.type.unit, zone)).cast(pa.string())
        return pc.replace_substring_regex(text, DAY_AND_TIME, r"\1T")
    return column


def _read_row(row: dict[str, Any], context: Context, origin: Origin, names: list[str]) -> Record | Reject:
    size = sum(len(value) for value in row.values() if isinstance(value, str | bytes))
    if size > context.max_record_bytes:
        return context.reject_oversized(size, origin)
    return map_row(row, context, origin, f"row {origin.offset} of the file", names)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
