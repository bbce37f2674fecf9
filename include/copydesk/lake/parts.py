"""Tables as Parquet files that are named by their content: the same rows, the same bytes, the same name."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.errors import BadInput
from copydesk.lake.lookups import bloom_filters
from copydesk.lake.manifest import Part
from copydesk.schema import Dataset
from copydesk.storage import Storage

ROW_GROUP_BYTES = 64 << 20  # of text before compression: enough rows to skip by, little enough to hold one in memory
MAX_ROW_GROUP_ROWS = 1 << 20
RUN_BYTES = 16 << 20  # of text that a series holds back and orders; ten times as much is held while it is written
PART_BYTES = 128 << 20  # as stored: a file that readers like, begun anew when it has grown to this
COPIED_BYTES = 1 << 20


def write_part(storage: Storage, folder: str, dataset: Dataset, table: pa.Table, prefix: str = "part") -> Part:
    """Write `table` in the dataset's schema and order into `folder`, and read back that it is all there."""
    with PartFile(dataset) as file:
        file.add(table)
        return file.store(storage, folder, prefix)


class PartFile:
    """One part that grows by a table at a time, in a file without a name until it is stored, of which a kill leaves nothing."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.rows = 0
        self._file = TemporaryFile(prefix="copydesk-")  # noqa: SIM115 - `__exit__` closes it
        self._writer: pq.ParquetWriter | None = None  # until the first rows say how large its Bloom filters must be

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._writer:
            self._writer.close()
        self._file.close()

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._file.tell()

    def add(self, table: pa.Table) -> None:
        """Add the rows in the dataset's order among themselves, which holds in each row group and not from one table to the next."""
        table = conform(self.dataset, table)
        rows_a_group = _rows_a_group(table)
        self._writer = self._writer or self._open(table, rows_a_group)
        self._writer.write_table(table, row_group_size=rows_a_group)
        self.rows += table.num_rows

    def store(self, storage: Storage, folder: str, prefix: str = "part") -> Part:
        """Put the finished file into `folder` under the name of its content, and read back that it is all there."""
        writer = self._writer or self._open(self.dataset.schema.empty_table(), 1)
        writer.close()
        size = self._file.tell()
        self._file.seek(0)
        digest = hashlib.file_digest(self._file, "sha256").hexdigest()
        part = Part(f"{prefix}-{digest[:32]}.parquet", self.rows, size, digest)
        path = f"{folder}/{part.name}"
        self._file.seek(0)
        with storage.open_output(path) as target:
            shutil.copyfileobj(self._file, target, COPIED_BYTES)
        _verify(storage, path, self.dataset, part)
        return part

    def _open(self, table: pa.Table, rows_a_group: int) -> pq.ParquetWriter:
        schema, order = self.dataset.schema, [(self.dataset.sort, "ascending")] if self.dataset.sort else []
        return pq.ParquetWriter(
            self._file,
            schema,
            compression="zstd",
            sorting_columns=pq.SortingColumn.from_ordering(schema, order, null_placement="at_end") if order else None,
            write_page_index=True,
            bloom_filter_options=bloom_filters(table, rows_a_group),
        )


class PartSeries:
    """The parts of a dataset that take many tables one after the other; at least one, be it empty.

    Rows are ordered within each stretch of about `RUN_BYTES` of text, which becomes a row group with the limits of its own.
    """

    def __init__(self, storage: Storage, folder: str, dataset: Dataset) -> None:
        self._storage = storage
        self._folder = folder
        self._held: list[pa.Table] = []
        self._held_bytes = 0
        self._file = PartFile(dataset)
        self._parts: list[Part] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.__exit__(kind, error, trace)

    def add(self, table: pa.Table) -> None:
        """Take more rows."""
        self._held.append(table)
        self._held_bytes += text_bytes(table)
        if self._held_bytes >= RUN_BYTES:
            self._write_held()
        if self._file.size >= PART_BYTES:
            self._store()
            self._file = PartFile(self._file.dataset)

    def finish(self) -> list[Part]:
        """All of them, stored."""
        self._write_held()
        if self._file.rows or not self._parts:
            self._store()
        return self._parts

    def _write_held(self) -> None:
        if self._held:
            self._file.add(pa.concat_tables(self._held, promote_options="permissive"))
        self._held, self._held_bytes = [], 0

    def _store(self) -> None:
        with self._file as file:
            self._parts.append(file.store(self._storage, self._folder))


def row_groups(storage: Storage, path: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """The rows of a file in order, a row group at a time: all of their columns, or some."""
    with storage.open_random(path) as stream, pq.ParquetFile(stream) as file:
        for number in range(file.num_row_groups):
            yield file.read_row_group(number, columns=None if columns is None else list(columns))


def conform(dataset: Dataset, table: pa.Table) -> pa.Table:
    """`table` with exactly the dataset's columns, types and order of rows; columns of the partition's path are left out."""
    _check_columns(dataset, table)
    table = pa.table([_plain(dataset, table, field) for field in dataset.schema], names=dataset.schema.names).combine_chunks()
    if dataset.sort:
        table = table.take(pc.sort_indices(table, sort_keys=[(dataset.sort, "ascending")]))  # stable; nulls last
    columns = [_encoded(column, field.type) for column, field in zip(table.columns, dataset.schema, strict=True)]
    return pa.table(columns, schema=dataset.schema)


def _check_columns(dataset: Dataset, table: pa.Table) -> None:
    missing = set(dataset.schema.names) - set(table.column_names)
    unknown = set(table.column_names) - set(dataset.schema.names) - set(dataset.partition_schema.names)
    if missing or unknown:
        found = [*(f"no column {name!r}" for name in sorted(missing)), *(f"unknown {name!r}" for name in sorted(unknown))]
        raise BadInput(f"{dataset.name}: the table does not fit copydesk.schema: {', '.join(found)}")


def _plain(dataset: Dataset, table: pa.Table, field: pa.Field) -> pa.ChunkedArray:
    """A column in its type, without a dictionary: where that came from and in what order must not show in the file."""
    target = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    try:
        return table.column(field.name).cast(target)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise BadInput(f"{dataset.name}.{field.name}: does not fit {field.type}: {error}") from None


def _encoded(column: pa.ChunkedArray, target: pa.DataType) -> pa.ChunkedArray:
    return column.combine_chunks().dictionary_encode() if pa.types.is_dictionary(target) else column


def _rows_a_group(table: pa.Table) -> int:
    rows: int = table.num_rows
    return max(1, min(MAX_ROW_GROUP_ROWS, ROW_GROUP_BYTES * rows // max(text_bytes(table), 1)))


def text_bytes(table: pa.Table) -> int:
    """The size of a table, counted in its text and not in `nbytes`, which differs between equal tables."""
    texts = [column for column in table.columns if pa.types.is_string(column.type)]
    return sum(pc.sum(pc.binary_length(column)).as_py() or 0 for column in texts)


def _verify(storage: Storage, path: str, dataset: Dataset, part: Part) -> None:
    with storage.open_random(path) as stream:
        size, file = stream.size(), pq.ParquetFile(stream)
        if (size, file.metadata.num_rows) != (part.bytes, part.rows) or not file.schema_arrow.equals(dataset.schema):
            raise OSError(f"{storage.uri_of(path)}: read back otherwise than written; check the disk and run the step again")
