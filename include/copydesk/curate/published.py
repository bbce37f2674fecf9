"""The days of `articles`: what stands in them, and their replacement."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.days import UNKNOWN, days_of, month_of
from copydesk.curate.sightings import Partition, files_of, stream, stream_texts
from copydesk.lake.layout import Given, partition_folders, partition_path
from copydesk.lake.manifest import load, load_many
from copydesk.lake.publishing import replace_partition
from copydesk.schema import ARTICLE_COLUMNS, ARTICLES, CLEAN
from copydesk.storage import Storage

HISTORY = ["version", "first_seen_dump", "last_seen_dump"]
LINKS = ["duplicate_of", "copies"]
TOLD = ["article_id", "source", "published_at", "fingerprint", *HISTORY]


def days_published(storage: Storage) -> list[str]:
    """The days that have a partition, also those that were emptied."""
    return [values["published_date"] or UNKNOWN for values, _ in partition_folders(storage, ARTICLES)]


def told_of(storage: Storage, days: list[str], ids: pa.ChunkedArray | None = None) -> pa.Table:
    """What is published of some days: which text of each article, and its history."""
    manifests = load_many(storage, [partition_path(ARTICLES, _values(day)) for day in days])
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

    `chosen` has article_id, source and dump of each, and the columns that curation adds.
    """
    values = _values(day)
    before = load(storage, partition_path(ARTICLES, values))
    table = _full_rows(storage, clean, chosen).sort_by([("published_at", "ascending"), ("article_id", "ascending")])
    return replace_partition(storage, ARTICLES, values, table) != before


def _full_rows(storage: Storage, clean: list[Partition], chosen: pa.Table) -> pa.Table:
    places = set(zip(chosen["source"].to_pylist(), chosen["dump"].to_pylist(), strict=True))
    files = [file for partition in clean if (partition.source, partition.dump) in places for file in partition.files]
    ids = chosen["article_id"].combine_chunks()
    columns = [*(column.name for column in ARTICLE_COLUMNS), "source", "dump"]
    only = pc.field("article_id").isin(ids) & _around(chosen["published_at"])
    rows = [_joined(batch, chosen, ids) for batch in stream_texts(storage, CLEAN, files, columns, only)]
    return pa.concat_tables(rows) if rows else ARTICLES.schema.empty_table()


def _joined(batch: pa.RecordBatch, chosen: pa.Table, ids: pa.Array) -> pa.Table:
    """The rows of `batch` that were chosen, not those of another dump, with the columns that curation adds."""
    place = pc.index_in(batch["article_id"], value_set=ids)
    table = pa.Table.from_batches([batch])
    for name in (*HISTORY, *LINKS):
        table = table.append_column(name, chosen[name].take(place))
    return table.filter(pc.equal(chosen["dump"].take(place), batch["dump"])).drop_columns(["dump"])


def _around(published_at: pa.ChunkedArray) -> pc.Expression:
    """From the first to the last of some times: what a reader needs to skip row groups of a large archive."""
    if not len(published_at) or published_at.null_count:
        return pc.scalar(True)
    limits = pc.min_max(published_at)
    return (pc.field("published_at") >= limits["min"]) & (pc.field("published_at") <= limits["max"])


def _values(day: str) -> Given:
    return {"published_date": None if day == UNKNOWN else day}
