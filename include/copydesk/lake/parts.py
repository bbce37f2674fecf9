"""One table as one Parquet file that is named by its content: the same rows, the same bytes, the same name."""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.errors import BadInput
from copydesk.lake.manifest import Part
from copydesk.schema import Dataset
from copydesk.storage import Storage

ROW_GROUP_BYTES = 64 << 20  # of text before compression: enough rows to skip by, little enough to hold one in memory
MAX_ROW_GROUP_ROWS = 1 << 20


def write_part(storage: Storage, folder: str, dataset: Dataset, table: pa.Table, prefix: str = "part") -> Part:
    """Write `table` in the dataset's schema and order into `folder`, and read back that it is all there."""
    table = conform(dataset, table)
    data = _encode(dataset, table)
    digest = hashlib.sha256(data).hexdigest()
    part = Part(f"{prefix}-{digest[:32]}.parquet", table.num_rows, data.size, digest)
    path = f"{folder}/{part.name}"
    storage.write_bytes(path, data)
    _verify(storage, path, dataset, part)
    return part


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
        raise BadInput(f"{dataset.name}: the table does not fit schema.py: {', '.join(found)}")


def _plain(dataset: Dataset, table: pa.Table, field: pa.Field) -> pa.ChunkedArray:
    """A column in its type, without a dictionary: where that came from and in what order must not show in the file."""
    target = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    try:
        return table.column(field.name).cast(target)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise BadInput(f"{dataset.name}.{field.name}: does not fit {field.type}: {error}") from None


def _encoded(column: pa.ChunkedArray, target: pa.DataType) -> pa.ChunkedArray:
    return column.combine_chunks().dictionary_encode() if pa.types.is_dictionary(target) else column


def _encode(dataset: Dataset, table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    order = [(dataset.sort, "ascending")] if dataset.sort else []
    pq.write_table(
        table,
        sink,
        compression="zstd",
        row_group_size=_rows_a_group(table),
        sorting_columns=pq.SortingColumn.from_ordering(table.schema, order, null_placement="at_end") if order else None,
        write_page_index=True,
    )
    return sink.getvalue()


def _rows_a_group(table: pa.Table) -> int:
    """Counted in text, not in `nbytes`, which differs between equal tables."""
    texts = [column for column in table.columns if pa.types.is_string(column.type)]
    total: int = sum(pc.sum(pc.binary_length(column)).as_py() or 0 for column in texts)
    rows: int = table.num_rows
    return max(1, min(MAX_ROW_GROUP_ROWS, ROW_GROUP_BYTES * rows // max(total, 1)))


def _verify(storage: Storage, path: str, dataset: Dataset, part: Part) -> None:
    with storage.open_random(path) as stream:
        size, file = stream.size(), pq.ParquetFile(stream)
        if (size, file.metadata.num_rows) != (part.bytes, part.rows) or not file.schema_arrow.equals(dataset.schema):
            raise OSError(f"{storage.uri_of(path)}: read back otherwise than written; check the disk and run the step again")
