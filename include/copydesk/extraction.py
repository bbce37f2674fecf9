"""Records in, articles out: the whole engine without a lake, for notebooks, benchmarks and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly.article import assemble
from copydesk.assembly.document import Origination
from copydesk.blocks.segment import batches, segment
from copydesk.blocks.table import Segmented, joined, one_array
from copydesk.errors import BadInput
from copydesk.favor import BALANCE, FAVORS, Favor
from copydesk.labels.batching import together
from copydesk.labels.explanation import explained
from copydesk.labels.labelling import label
from copydesk.labels.learned import Learned
from copydesk.labels.read_lines import with_read_lines
from copydesk.labels.repetition import Counts, counts_of
from copydesk.labels.texts.lines import Lines, look
from copydesk.processes.one_heap import ONE_HEAP
from copydesk.raw.encodings.decoding import scrub
from copydesk.raw.media_types import MEDIA_TYPES, media_type_of
from copydesk.records import Origin, Reason, Record, Reject, Stage, origin_columns
from copydesk.schema import ARTICLES, CLEAN, EXPLANATION, ORIGIN_COLUMNS
from copydesk.settings import Settings
from copydesk.sources import Source

BATCH_RECORDS: int = Settings.model_fields["batch_records"].default
MAX_RECORD_BYTES: int = Settings.model_fields["max_record_bytes"].default
MAX_HTML_DEPTH: int = Settings.model_fields["max_html_depth"].default
NOTHING = frozenset({"nan", "NaT", "<NA>"})  # missing values of numpy and pandas, as they print; each kind compares differently
FIELDS = "give id, content, media_type, url and crawl_date"
ID, REJECT_REASON = pa.field("id", pa.string()), pa.field("reject_reason", pa.string())
EXTRACTED = pa.schema([ID, REJECT_REASON, *ARTICLES.schema])
COLUMNS = dict(zip(EXTRACTED.names, EXTRACTED.types, strict=True))  # made anew at every look
CLEAN_NAMES = CLEAN.schema.names  # so are these
REFUSED = pa.schema([ID, REJECT_REASON, CLEAN.schema.field("url"), *(CLEAN.schema.field(c.name) for c in ORIGIN_COLUMNS)])
NONE_REFUSED = REFUSED.empty_table()


def extract(records: Iterable[Mapping[str, Any]], favor: Favor = BALANCE) -> pa.Table:
    """Articles of `{id, content, media_type, url, crawl_date}` records, one row each, in order.

    Records passed together are one dump: lines repeated over the documents of a host count as evidence. The table has the
    schema of `articles`, `id`, and `reject_reason` (null where accepted). What is too much for one document is rejected: more than
    16 MiB, 200,000 tags, 100,000 lines or 512 open elements. Nothing else bounds the time of a call, which works in this process.
    `favor` says what becomes of lines in doubt: out for `"precision"`, in for `"recall"`; docs/benchmarks.md has what either costs.
    `"everything"` cuts nothing.
    """
    return extract_records((_item(row, i) for i, row in enumerate(_listed(records))), favor=_known_favor(favor))


@ONE_HEAP.held()
def extract_records(
    records: Iterable[Record | Reject],
    source: Source | None = None,
    batch_records: int = BATCH_RECORDS,
    model: Learned | None = None,
    max_html_depth: int = MAX_HTML_DEPTH,
    *,
    favor: Favor | None = None,
) -> pa.Table:
    """The same for records of a reader; with a `source`, its zone, language and favor are used and its name is in the ids.

    `model` replaces the labeller that is shipped: a measurement takes one that has not seen the site it reads.
    """
    origin = Origination(source.name, source.timezone, source.language) if source else Origination("")
    group = source.name if source else None
    favor = favor or (source.favor if source else BALANCE)
    parts = [_part(batch, group, max_html_depth) for batch in batches(records, batch_records)]
    # Lines of a single batch are looked at once, to count them and to label them; what is seen of more would fill the memory.
    lines = look(one_array(parts[0][0].blocks["text"])) if len(parts) == 1 else None
    counts = counts_of([part for part, _ in parts], lines and [lines.numbers_of_blocks()])
    tables = [_rows(neighbours, counts, model, origin, lines, favor=favor) for neighbours in together(parts, itemgetter(0))]
    return pa.concat_tables(tables or [EXTRACTED.empty_table()])


def explain(record: Mapping[str, Any], favor: Favor = BALANCE) -> pa.Table:
    """The record's blocks: ordinal, text, label, probability, strongest reasons in words, and whether kept in the body."""
    return explain_part(segment([_item(record, 0)], MAX_HTML_DEPTH), _known_favor(favor))


def explain_part(part: Segmented, favor: Favor = BALANCE) -> pa.Table:
    """The same for a record that is cut into blocks already; no rows where it could not be."""
    if not part.documents.num_rows:
        return EXPLANATION.empty_table()
    found = explained(part.blocks, label(part.documents, part.blocks, counts_of([part]), favor=favor))
    return with_read_lines(found, part.documents)


def _known_favor(favor: Favor) -> Favor:
    """A caller's choice, where it is one."""
    if favor not in FAVORS:
        raise BadInput(f"favor is {favor!r}; give one of {', '.join(FAVORS)}")
    return favor


def _listed(records: Any) -> Iterable[Any]:
    """What was passed, if it can hold records: iterating over one record, a text or a frame gives something else."""
    if hasattr(records, "to_pylist"):
        raise BadInput("records is an Arrow table; give its rows: extract(table.to_pylist())")
    if hasattr(records, "to_dict"):
        raise BadInput("records is a data frame; give its rows: extract(frame.to_dict('records')), of Polars frame.to_dicts()")
    if isinstance(records, Mapping | str | bytes) or not isinstance(records, Iterable):
        raise BadInput(f"records is one {type(records).__name__}; give a list of records, or anything that yields them")
    return records


def _item(row: Any, ordinal: int) -> Record | Reject:
    """The record of a caller; a call that is wrong is told what it lacks."""
    if not isinstance(row, Mapping):
        raise BadInput(f"record {ordinal} is no dict but {type(row).__name__}; {FIELDS}")
    missing = [name for name in ("id", "content", "media_type") if name not in row]
    if missing:
        raise BadInput(f"record {ordinal} has no {', '.join(missing)}; {FIELDS}")
    name, content = scrub(str(row["id"])), _known(row["content"])
    media_type = media_type_of(str(row["media_type"]))
    if media_type is None:
        raise BadInput(f"record {name!r}: media_type is {row['media_type']!r}; give one of {', '.join(MEDIA_TYPES)}")
    origin = Origin(uri=name, ordinal=ordinal)
    url, crawled = (scrub(str(value)) if (value := _known(row.get(field))) else None for field in ("url", "crawl_date"))
    if content is None:
        return Reject(Stage.READ, Reason.MISSING_CONTENT, "content is null", origin, url)
    if not isinstance(content, bytes | str):
        raise BadInput(f"record {name!r}: content is of type {type(content).__name__}; give bytes or str")
    if (size := _bytes_of(content)) > MAX_RECORD_BYTES:
        return Reject(Stage.READ, Reason.TOO_LARGE, f"{size} bytes, more than {MAX_RECORD_BYTES}", origin, url)
    return Record(content, media_type, origin, name, url, crawled)


def _known(value: Any) -> Any:
    """None for what frames hold where nothing is."""
    return value if isinstance(value, str | bytes) or str(value) not in NOTHING else None


def _bytes_of(content: bytes | str) -> int:
    """In UTF-8, which is counted only where it decides: no character takes more than four."""
    if isinstance(content, bytes) or 4 * len(content) <= MAX_RECORD_BYTES:
        return len(content)
    return len(content.encode("utf-8", "surrogatepass"))


def _part(batch: list[Record | Reject], group: str | None, max_html_depth: int) -> tuple[Segmented, pa.Table]:
    """The batch cut into blocks, and the rows of what could not be: the pages themselves, most of the memory, are let go."""
    part = segment(batch, max_html_depth, group)
    refused = [_refused(batch[at], reject) for at, reject in part.rejects.items()]
    return part, pa.Table.from_pylist(refused, REFUSED) if refused else NONE_REFUSED


def _rows(
    neighbours: Sequence[tuple[Segmented, pa.Table]],
    counts: Counts,
    model: Learned | None,
    origin: Origination,
    lines: Lines | None,
    *,
    favor: Favor,
) -> pa.Table:
    """A row for every item of the batches, rejected or not, in their order; `lines` as `label` takes them."""
    parts, refusals = zip(*neighbours, strict=True)
    part, refused = joined(parts), pa.concat_tables(refusals)
    articles = assemble(part, label(part.documents, part.blocks, counts, model, lines, favor=favor, explains=False), origin)
    bodiless = pc.if_else(pc.is_null(articles["body"]), Reason.NO_ARTICLE.value, pa.scalar(None, pa.string()))
    told = dict(zip(CLEAN_NAMES, articles.columns, strict=True))
    found = _shaped({ID.name: part.documents["id"], REJECT_REASON.name: bodiless, **told}, articles.num_rows)
    if not refused.num_rows:
        return found
    accepted_rows, refused_rows = count(), count(articles.num_rows)
    order = [next(refused_rows if at in part.rejects else accepted_rows) for at in range(found.num_rows + refused.num_rows)]
    both = found, _shaped(dict(zip(refused.column_names, refused.columns, strict=True)), refused.num_rows)
    return pa.concat_tables(both).take(order)


def _shaped(present: Mapping[str, pa.ChunkedArray], rows: int) -> pa.Table:
    """The columns in the schema of what is extracted, null where there is none.

    Arrow, asked to find the common schema of tables, took a tenth of the time of a call with one short text.
    """
    columns = [present[name] if name in present else pa.nulls(rows, kind) for name, kind in COLUMNS.items()]
    return pa.Table.from_arrays(columns, schema=EXTRACTED)


def _refused(item: Record | Reject, reject: Reject) -> dict[str, Any]:
    name = item.id if isinstance(item, Record) else item.origin.uri
    return {"id": name, "reject_reason": reject.reason.value, "url": item.url, **origin_columns(item.origin)}
