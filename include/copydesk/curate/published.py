"""The days of `articles`: what stands in them, and their replacement."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.days import UNKNOWN, days_of, month_of
from copydesk.curate.sightings import Partition, files_of, rows_of, stream
from copydesk.lake.layout import Given, partition_folders, partition_path
from copydesk.lake.manifest import load, load_many
from copydesk.lake.publishing import replace_partition
from copydesk.schema import ARTICLES, CLEAN, Dataset
from copydesk.storage import Storage

HISTORY = ["version", "first_seen_dump", "last_seen_dump"]
TOLD = ["article_id", "source", "published_at", "fingerprint", *HISTORY]


def days_published(storage: Storage) -> list[str]:
    """The days that have a partition, also those that were emptied."""
    return [values["published_date"] or UNKNOWN for values, _ in partition_folders(storage, ARTICLES)]


def told_of(storage: Storage, days: list[str], ids: pa.ChunkedArray | None = None) -> pa.Table:
    """What is published of some days: which text of each article, and its history."""
    manifests = load_many(storage, [partition_path(ARTICLES, day_values(day)) for day in days])
    files = [file for manifest in manifests if manifest for file in files_of(storage, ARTICLES, manifest)]
    only = pc.scalar(True) if ids is None else pc.field("article_id").isin(ids.combine_chunks())
    schema = pa.schema([ARTICLES.schema.field(name) for name in TOLD])
    table = pa.Table.from_batches(stream(storage, ARTICLES, files, TOLD, only), schema)
    return table.set_column(1, "source", table["source"].cast(pa.string()))


def months_out_of_date(storage: Storage, seen: pa.Table, current: pa.Table) -> list[str]:
    """The months in which articles `seen` there are published otherwise than `current` has them, or though they moved away."""
    days = sorted(set(pc.unique(days_of(seen["published_at"])).to_pylist()) & set(days_published(storage)))
    found = told_of(storage, days, seen["article_id"]).to_pylist()
    differing = {tuple(row.values()) for row in found} ^ {tuple(row.values()) for row in current.select(TOLD).to_pylist()}
    moments = pa.chunked_array([[row[TOLD.index("published_at")] for row in differing]], seen["published_at"].type)
    return sorted({month_of(day) for day in days_of(moments).to_pylist()})


def publish_day(storage: Storage, clean: list[Partition], day: str, chosen: pa.Table) -> bool:
    """Make a day of `articles` hold the `chosen` sightings and nothing else; False where it was so already.

    `chosen` has seen_as, source, dump and published_at of each, and the columns that curation adds.
    """
    values = day_values(day)
    before = load(storage, partition_path(ARTICLES, values))
    table = full_rows(storage, clean, chosen, ARTICLES).sort_by([("published_at", "ascending"), ("article_id", "ascending")])
    return replace_partition(storage, ARTICLES, values, table) != before


def full_rows(storage: Storage, clean: list[Partition], chosen: pa.Table, dataset: Dataset) -> pa.Table:
    """The `chosen` sightings with all the columns of a dataset that they or `clean` have."""
    own = [name for name in dataset.schema.names if name in chosen.column_names and name != "published_at"]
    columns = [name for name in dataset.schema.names if name in CLEAN.schema.names and name not in own]
    rows = []
    for found in rows_of(storage, clean, chosen, columns):
        added = chosen.select(own).take(found["row"])
        rows.append(pa.table([*found.drop_columns("row").columns, *added.columns], names=[*columns, *own]))
    missing = [name for name in dataset.schema.names if name not in {*own, *columns}]
    empty = pa.schema([dataset.schema.field(name) for name in dataset.schema.names if name not in missing]).empty_table()
    return pa.concat_tables(rows) if rows else empty


def day_values(day: str) -> Given:
    """The partition of a day, or of `unknown`."""
    return {"published_date": None if day == UNKNOWN else day}
