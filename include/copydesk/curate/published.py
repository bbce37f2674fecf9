"""The days of `articles`: what stands in them, and their replacement."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.catalogue import Partition
from copydesk.curate.days import UNKNOWN, days_of, month_of
from copydesk.curate.sightings import files_of, rows_of, stream
from copydesk.lake.layout import Given, partition_folders, partition_path
from copydesk.lake.manifest import load, load_many
from copydesk.lake.publishing import replace_partition
from copydesk.schema import ARTICLES, CLEAN, Dataset
from copydesk.storage import Storage

HISTORY = ["version", "first_seen_dump", "last_seen_dump"]
ROWS_AT_ONCE = 2048  # whole articles, held to be written
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


def publish_days(
    storage: Storage,
    clean: list[Partition],
    dataset: Dataset,
    days: list[str],
    chosen: pa.Table,
    *,
    finish: Callable[[pa.Table], pa.Table] = lambda rows: rows,
) -> int:
    """Make each of the days hold the `chosen` sightings of it and nothing else; how many of them were not so already.

    `chosen` has the day, seen_as, source, dump and published_at of each, and the columns that curation adds, but for those that
    `finish` adds to whole rows.
    """
    rewritten = 0
    for group in _groups(days, chosen):
        rows = finish(_full_rows(storage, clean, chosen.filter(pc.is_in(chosen["day"], pa.array(group, pa.string()))), dataset))
        for day in group:
            table = rows.filter(pc.equal(rows["day"], day)).drop_columns("day")
            ordered = table.sort_by([(name, "ascending") for name in (dataset.sort, *dataset.key) if name])
            before = load(storage, partition_path(dataset, day_values(day)))
            rewritten += replace_partition(storage, dataset, day_values(day), ordered) != before
    return rewritten


def _groups(days: list[str], chosen: pa.Table) -> Iterator[list[str]]:
    """Days one after the other that together have few enough articles to be held; a day that has too many stands alone."""
    count = {each["values"]: each["counts"] for each in pc.value_counts(chosen["day"]).to_pylist()}
    group: list[str] = []
    held = 0
    for day in days:
        if group and held + count.get(day, 0) > ROWS_AT_ONCE:
            yield group
            group, held = [], 0
        group.append(day)
        held += count.get(day, 0)
    if group:
        yield group


def _full_rows(storage: Storage, clean: list[Partition], chosen: pa.Table, dataset: Dataset) -> pa.Table:
    """The `chosen` sightings with their day and every column of a dataset."""
    own = [name for name in (*dataset.schema.names, "day") if name in chosen.column_names and name != "published_at"]
    others = [name for name in CLEAN.schema.names if name not in own]
    tables = []
    for rows in rows_of(storage, clean, chosen, others):
        added = chosen.select(own).take(rows["row"])
        tables.append(pa.table([*rows.drop_columns("row").columns, *added.columns], names=[*others, *own]))
    if not tables:
        known = [*(CLEAN.schema.field(name) for name in others), *(chosen.schema.field(name) for name in own)]
        return pa.schema(known).empty_table()
    return pa.concat_tables(tables)


def day_values(day: str) -> Given:
    """The partition of a day, or of `unknown`."""
    return {"published_date": None if day == UNKNOWN else day}
