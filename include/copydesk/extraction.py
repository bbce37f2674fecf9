"""Records in, articles out: the whole engine without a lake, for notebooks, benchmarks and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly import Origination, assemble
from copydesk.blocks.segment import batches, segment
from copydesk.blocks.table import Segmented
from copydesk.labels.explanation import explained
from copydesk.labels.labelling import Labelled, label
from copydesk.labels.repetition import add_up, count_lines
from copydesk.records import Origin, Reason, Record, Reject
from copydesk.schema import ARTICLES, CLEAN, EXPLANATION
from copydesk.sources import Source

BATCH_RECORDS = 500
MAX_HTML_DEPTH = 512
EXTRACTED = pa.schema([pa.field("id", pa.string()), pa.field("reject_reason", pa.string()), *ARTICLES.schema])


def extract(records: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Articles of `{id, content, media_type, url, crawl_date}` records, one row each, in order.

    Records passed together are one dump: lines repeated over the documents of a host count as evidence. The table has the
    schema of `articles`, `id`, and `reject_reason` (null where accepted).
    """
    return extract_records([_record(row, i) for i, row in enumerate(records)])


def extract_records(records: Iterable[Record | Reject], source: Source | None = None) -> pa.Table:
    """The same for records of a reader; with a `source`, its zone and language are used and its name is in the ids."""
    origin = Origination(source.name, source.timezone, source.language) if source else Origination("")
    group = source.name if source else None
    parts = [(batch, segment(batch, MAX_HTML_DEPTH, group)) for batch in batches(records, BATCH_RECORDS)]
    counts = add_up([count_lines(part.documents, part.blocks) for _, part in parts])
    tables = [_rows(batch, part, label(part.documents, part.blocks, counts), origin) for batch, part in parts]
    return pa.concat_tables([EXTRACTED.empty_table(), *tables], promote_options="permissive").cast(EXTRACTED)


def explain(record: Mapping[str, Any]) -> pa.Table:
    """The record's blocks: ordinal, text, label, probability, strongest reasons in words, and whether kept in the body."""
    part = segment([_record(record, 0)], MAX_HTML_DEPTH)
    if not part.documents.num_rows:
        return EXPLANATION.empty_table()
    return explained(part.blocks, label(part.documents, part.blocks, add_up([count_lines(part.documents, part.blocks)])))


def _record(row: Mapping[str, Any], ordinal: int) -> Record:
    crawled = row.get("crawl_date")
    return Record(
        content=row["content"],
        media_type=row["media_type"],
        origin=Origin(uri=str(row["id"]), ordinal=ordinal),
        id=str(row["id"]),
        url=row.get("url"),
        crawl_date=str(crawled) if crawled else None,
    )


def _rows(batch: list[Record | Reject], part: Segmented, labelled: Labelled, origin: Origination) -> pa.Table:
    """A row for every item of the batch, rejected or not, in its order."""
    articles = assemble(part, labelled, origin)
    bodiless = pc.if_else(pc.is_null(articles["body"]), Reason.NO_ARTICLE.value, pa.scalar(None, pa.string()))
    accepted = articles.append_column("id", part.documents["id"]).append_column("reject_reason", bodiless)
    rejects = {reject.origin: reject for reject in part.rejects}
    places = iter(range(articles.num_rows))
    order = [articles.num_rows + i if item.origin in rejects else next(places) for i, item in _numbered(batch, rejects)]
    refused = pa.Table.from_pylist([_refused(item, rejects[item.origin]) for item in batch if item.origin in rejects], _REFUSED)
    columns = [name for name in EXTRACTED.names if name in accepted.column_names]
    return pa.concat_tables([accepted.select(columns), refused], promote_options="permissive").take(order)


_REFUSED = pa.schema([("id", pa.string()), ("reject_reason", pa.string()), CLEAN.schema.field("url"), CLEAN.schema.field("origin")])


def _numbered(batch: list[Record | Reject], rejects: Mapping[Origin, Reject]) -> Iterator[tuple[int, Record | Reject]]:
    """Each item with its number among the rejected ones before it."""
    count = 0
    for item in batch:
        yield count, item
        count += item.origin in rejects


def _refused(item: Record | Reject, reject: Reject) -> dict[str, Any]:
    identity = item.id if isinstance(item, Record) else None
    return {"id": identity, "reject_reason": reject.reason.value, "url": item.url, "origin": None}
