"""The signatures of a month: what its current articles are compared by, with each other and with those of other months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.catalogue import Partition
from copydesk.curate.crawled import crawled
from copydesk.curate.partitions import clean_partitions
from copydesk.curate.sightings import files_of, rows_of, stream
from copydesk.curate.sketches import SKETCH, sketch
from copydesk.curate.versions import superseded
from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import load
from copydesk.lake.publishing import replace_partition
from copydesk.schema import SIGNATURES
from copydesk.storage import Storage

SKETCHED_AT_ONCE = 512
NOTED = ["article_id", "source", "published_at", "fingerprint"]


def sign_month(storage: Storage, month: str) -> set[str]:
    """Bring `signatures` of the month up to date with `clean`; the other months that must be curated too.

    Only texts that have no signature yet are read.
    """
    clean = clean_partitions(storage)
    seen = crawled(storage, clean, month)
    articles = seen.here()
    signed = _signed(storage, clean, month, articles.append_column("seen_as", articles["article_id"]))
    if signed.num_rows or load(storage, partition_path(SIGNATURES, {"published_month": month})):
        signed = signed.append_column("superseded_by", superseded(signed)).select(SIGNATURES.schema.names)
        replace_partition(storage, SIGNATURES, {"published_month": month}, signed)
    return seen.moved(storage)


def signatures(storage: Storage, months: list[str], columns: list[str], only: pc.Expression) -> pa.Table:
    """Some of the signatures of some months."""
    manifests = [load(storage, partition_path(SIGNATURES, {"published_month": month})) for month in months]
    files = [file for manifest in manifests if manifest for file in files_of(storage, SIGNATURES, manifest)]
    schema = pa.schema([SIGNATURES.schema.field(name) for name in columns])
    table = pa.Table.from_batches(stream(storage, SIGNATURES, files, columns, only), schema)
    if "source" in columns:
        table = table.set_column(columns.index("source"), "source", table["source"].cast(pa.string()))
    return table


def _signed(storage: Storage, clean: list[Partition], month: str, articles: pa.Table) -> pa.Table:
    """`articles`, each with its sketch, by id."""
    columns = ["article_id", "fingerprint", *SKETCH.names]
    known = signatures(storage, [month], columns, pc.scalar(True))
    place = pc.index_in(_texts(articles), value_set=_texts(known).combine_chunks())
    kept = articles.filter(pc.is_valid(place))
    fresh = articles.filter(pc.is_null(place))
    tables = [_beside(kept, known.select(SKETCH.names).take(place.drop_null()))]
    for rows in _gathered(rows_of(storage, clean, fresh, ["paragraphs"])) if fresh.num_rows else ():
        tables.append(_beside(fresh.take(rows["row"]), sketch(rows["paragraphs"])))
    return pa.concat_tables(tables).sort_by("article_id")


def _gathered(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows, many at a time: a dump may have a handful of the month, and to begin takes as long as a hundred articles."""
    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        if sum(each.num_rows for each in held) >= SKETCHED_AT_ONCE:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _beside(articles: pa.Table, sketches: pa.Table) -> pa.Table:
    articles = articles.select([*NOTED, "first_seen_dump", "last_seen_dump"])
    return pa.table([*articles.columns, *sketches.columns], names=[*articles.column_names, *sketches.column_names])


def _texts(table: pa.Table) -> pa.ChunkedArray:
    """Which text of which article."""
    return pc.binary_join_element_wise(table["article_id"], table["fingerprint"], "/")
