"""Columns and datasets, and what several datasets have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from copydesk.schema.rule import Rule, Severity, between, matches, required

TIMESTAMP = pa.timestamp("us", tz="UTC")
# The same instant without its zone, which Arrow would look up in a database that small systems do not have.
CLOCK = pa.timestamp("us")
CATEGORY = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True, slots=True)
class Column:
    """A column: Arrow type, meaning for people, and the rules its values must meet."""

    name: str
    type: pa.DataType
    description: str
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset: what a row is, how it is partitioned, and its columns (without those in the partition's path)."""

    name: str
    row: str
    partition: tuple[Column, ...]
    columns: tuple[Column, ...]
    sort: str | None = None
    appends: bool = False  # each run adds a file of its own, and none replaces another
    written_by: str = "ingest"
    key: tuple[str, ...] = field(default=())

    @property
    def schema(self) -> pa.Schema:
        """What stands in the files."""
        return _schema(self.columns)

    @property
    def partition_schema(self) -> pa.Schema:
        """What stands in the paths."""
        return _schema(self.partition)

    @property
    def whole_schema(self) -> pa.Schema:
        """What a reader sees: the columns of the files, then those of the paths."""
        return pa.schema([*self.schema, *self.partition_schema])


def _schema(columns: Iterable[Column]) -> pa.Schema:
    return pa.schema([pa.field(c.name, c.type, metadata={"description": c.description}) for c in columns])


SOURCE = Column("source", pa.string(), "Name of the source, as its source file states it.")
PUBLISHED_MONTH = Column("published_month", pa.string(), "Month of publication in UTC, `2026-11`; `unknown` where it is.")
DUMP = Column("dump", pa.string(), "Partition key of the dump: its day, or the name of the archive.")
PUBLISHED_DATE = Column("published_date", pa.date32(), "Day of publication in UTC; null where unknown.")

# Columns of their own rather than a struct: pandas would make each a dict.
ORIGIN_COLUMNS = (
    Column("origin_uri", pa.string(), "Raw file the record stood in.", (required(),)),
    Column("origin_member", pa.string(), "Its name inside an archive, where the file is one."),
    Column("origin_ordinal", pa.int64(), "Number of the record in the file, from 0.", (between(0, None),)),
    Column("origin_offset", pa.int64(), "First byte of the record in the file after decompression.", (between(0, None),)),
    Column(
        "origin_sha256",
        pa.string(),
        "SHA-256 of the record's own bytes; null where they were too many to hold.",
        (matches(r"^[0-9a-f]{64}$", Severity.WARNING),),
    ),
)
