"""Where and when articles were seen: rows of `clean`, read no wider than needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import dataset as ds

from copydesk.curate.copies import sketch
from copydesk.curate.days import SUMMARY, month_of, outside, within
from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import Manifest, partitions
from copydesk.schema import CLEAN, Dataset
from copydesk.storage import Storage

KEYS = ["article_id", "published_at", "fingerprint", "source", "dump"]
BATCH_ROWS = 2048  # whole articles, with all their text


@dataclass(frozen=True, slots=True)
class Partition:
    """One dump of one source, as its manifest describes it."""

    source: str
    dump: str
    files: tuple[str, ...]
    days: frozenset[str]  # of publication

    @property
    def months(self) -> set[str]:
        """The months its articles were published in."""
        return {month_of(day) for day in self.days}


def clean_partitions(storage: Storage) -> list[Partition]:
    """Every partition of `clean`, by path."""
    return [
        Partition(
            str(values["source"]),
            str(values["dump"]),
            tuple(files_of(storage, CLEAN, manifest)),
            frozenset(manifest.summary[SUMMARY]),
        )
        for values, manifest in partitions(storage, CLEAN)
    ]


def files_of(storage: Storage, dataset: Dataset, manifest: Manifest) -> list[str]:
    """The Parquet files of a partition that have rows, as the file system wants them."""
    folder = partition_path(dataset, manifest.values)
    return [storage.full(f"{folder}/{part.name}") for part in manifest.parts if part.rows]


def seen_within(storage: Storage, clean: Iterable[Partition], month: str) -> pa.Table:
    """Every sighting of the articles of `month`, each with its sketch."""
    files = [file for partition in clean if month in partition.months for file in partition.files]
    batches = stream_texts(storage, CLEAN, files, [*KEYS, "paragraphs"], within(month))
    tables = [_sketched(pa.Table.from_batches([batch])) for batch in batches]
    return pa.concat_tables(tables or [_sketched(_schema([*KEYS, "paragraphs"]).empty_table())])


def seen_outside(storage: Storage, clean: Iterable[Partition], month: str, articles: pa.Table) -> pa.Table:
    """The sightings of `articles` (article_id, source) under a date of any other month: a re-crawl may correct a date."""
    sources = set(pc.unique(articles["source"]).to_pylist())  # an id belongs to one source
    others = [partition for partition in clean if partition.source in sources and partition.months != {month}]
    files = [file for partition in others for file in partition.files]
    same = pc.field("article_id").isin(articles["article_id"].combine_chunks())
    return pa.Table.from_batches(stream(storage, CLEAN, files, KEYS, outside(month) & same), _schema(KEYS))


def stream(
    storage: Storage, dataset: Dataset, files: list[str], columns: list[str], only: pc.Expression
) -> Iterator[pa.RecordBatch]:
    """Rows of some files of a dataset, with the columns of their paths, a bounded number at a time."""
    if not files:
        return
    rows = ds.dataset(
        files,
        schema=pa.schema([*dataset.schema, *dataset.partition_schema]),
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


def _sketched(table: pa.Table) -> pa.Table:
    sketches = sketch(table)
    keys = table.select(KEYS)
    return keys.append_column("body_hash", sketches["body_hash"]).append_column("paragraph_hashes", sketches["paragraph_hashes"])


def _schema(columns: list[str]) -> pa.Schema:
    everything = pa.schema([*CLEAN.schema, *CLEAN.partition_schema])
    return pa.schema([everything.field(name) for name in columns])
