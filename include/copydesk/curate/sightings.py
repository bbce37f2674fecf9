"""Where and when articles were seen: rows of `clean`, read no wider than needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import dataset as ds

from copydesk.curate.catalogue import Partition, numbers_of
from copydesk.curate.days import outside, within
from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import Manifest
from copydesk.schema import CLEAN, Dataset
from copydesk.storage import Storage

KEYS = ["article_id", "published_at", "item_version", "fingerprint", "source", "dump"]
BATCH_ROWS = 2048  # whole articles, with all their text


def files_of(storage: Storage, dataset: Dataset, manifest: Manifest) -> list[str]:
    """The Parquet files of a partition that have rows, as the file system wants them."""
    folder = partition_path(dataset, manifest.values)
    return [storage.full(f"{folder}/{part.name}") for part in manifest.parts if part.rows]


def seen_within(storage: Storage, clean: Iterable[Partition], month: str) -> pa.Table:
    """Every sighting of the articles of `month`."""
    files = [file for partition in clean if month in partition.months for file in partition.files(storage)]
    return pa.Table.from_batches(stream(storage, CLEAN, files, KEYS, within(month)), _schema(KEYS))


def seen_outside(storage: Storage, clean: Iterable[Partition], month: str, articles: pa.Table) -> pa.Table:
    """The sightings of `articles` (article_id, source) under a date of any other month: a re-crawl may correct a date."""
    sources = set(pc.unique(articles["source"]).to_pylist())  # an id belongs to one source
    ids = numbers_of(pc.unique(articles["article_id"]))
    others = [each for each in clean if each.source in sources and each.months != {month} and each.may_hold(ids)]
    files = [file for partition in others for file in partition.files(storage)]
    same = pc.field("article_id").isin(articles["article_id"].combine_chunks())
    return pa.Table.from_batches(stream(storage, CLEAN, files, KEYS, outside(month) & same), _schema(KEYS))


def rows_of(storage: Storage, clean: Iterable[Partition], chosen: pa.Table, columns: list[str]) -> Iterator[pa.Table]:
    """The rows of `clean` that some sightings (seen_as, source, dump, published_at) are of, each with its `row` in `chosen`."""
    places = set(zip(chosen["source"].to_pylist(), chosen["dump"].to_pylist(), strict=True))
    files = [file for partition in clean if (partition.source, partition.dump) in places for file in partition.files(storage)]
    only = pc.field("article_id").isin(pc.unique(chosen["seen_as"])) & _around(chosen["published_at"])
    keys = _keys(chosen["seen_as"], chosen["dump"]).combine_chunks()
    for batch in stream_texts(storage, CLEAN, files, list(dict.fromkeys([*columns, "article_id", "dump"])), only):
        rows = pa.Table.from_batches([batch])
        place = pc.index_in(_keys(rows["article_id"], rows["dump"]), value_set=keys)
        yield rows.append_column("row", place).filter(pc.is_valid(place)).select([*columns, "row"])


def _keys(article_id: pa.ChunkedArray, dump: pa.ChunkedArray) -> pa.ChunkedArray:
    """One text for an article in a dump; an id belongs to one source."""
    return pc.binary_join_element_wise(article_id, dump, "/")


def _around(published_at: pa.ChunkedArray) -> pc.Expression:
    """From the first to the last of some times: what a reader needs to skip row groups of a large archive."""
    if not len(published_at) or published_at.null_count:
        return pc.scalar(True)
    limits = pc.min_max(published_at)
    return (pc.field("published_at") >= limits["min"]) & (pc.field("published_at") <= limits["max"])


def stream(
    storage: Storage, dataset: Dataset, files: list[str], columns: list[str], only: pc.Expression
) -> Iterator[pa.RecordBatch]:
    """Rows of some files of a dataset, with the columns of their paths, a bounded number at a time."""
    if not files:
        return
    rows = ds.dataset(
        files,
        schema=dataset.whole_schema,
        format="parquet",
        filesystem=storage.filesystem,
        partitioning=ds.partitioning(dataset.partition_schema, flavor="hive"),
        partition_base_dir=storage.full(dataset.name),
    )
    yield from rows.to_batches(columns=columns, filter=only, batch_size=BATCH_ROWS, batch_readahead=2, fragment_readahead=2)


def stream_texts(
    storage: Storage, dataset: Dataset, files: list[str], columns: list[str], only: pc.Expression
) -> Iterator[pa.RecordBatch]:
    """The same for columns of text, file after file: read ahead of a slower consumer they fill the memory (640 MB, not 100)."""
    for file in files:
        yield from stream(storage, dataset, [file], columns, only)


def _schema(columns: list[str]) -> pa.Schema:
    everything = CLEAN.whole_schema
    return pa.schema([everything.field(name) for name in columns])
