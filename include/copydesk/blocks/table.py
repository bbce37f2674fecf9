"""The two tables every later step works on: documents, and the blocks they fall into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.records import Reject
from copydesk.schema import ORIGIN_COLUMNS

CLAIM = pa.struct([("field", pa.string()), ("value", pa.string()), ("clue", pa.string())])
PICTURE = pa.struct([("url", pa.string()), ("alt", pa.string()), ("before", pa.int32())])

READ_LINE = pa.struct([("ordinal", pa.int32()), ("text", pa.string()), ("label", pa.string()), ("reason", pa.string())])

DOCUMENTS = pa.schema(
    [
        ("id", pa.string()),
        ("url", pa.string()),
        ("crawl_date", pa.string()),
        ("media_type", pa.string()),
        ("group", pa.string()),  # documents that share their rails: one host, or one source
        ("claims", pa.list_(CLAIM)),  # what container, JSON-LD, meta tags say: evidence, not truth
        ("pictures", pa.list_(PICTURE)),  # `before`: ordinal of the first block after the picture
        ("read_lines", pa.list_(READ_LINE)),  # of a text, that were read by their labels and are no blocks
        ("is_fragment", pa.bool_()),  # HTML of a field, as feeds and databases have it, and no page
        ("notes", pa.list_(pa.string())),  # how the bytes became text, where they were not plain UTF-8
        *((column.name, column.type) for column in ORIGIN_COLUMNS),
    ]
)

BLOCKS = pa.schema(
    [
        ("document", pa.int32()),  # row in the documents table
        ("ordinal", pa.int32()),  # position in its document, from 0
        ("text", pa.string()),
        # Text leaves these null; everything that reads them must bear that.
        ("tag", pa.string()),
        ("ancestors", pa.string()),  # tags from the body down, joined by spaces
        ("words", pa.string()),  # words of class and id of the element and those above it, nearest first
        ("container", pa.int32()),  # blocks with one parent element share it
        ("enclosing", pa.list_(pa.int32())),  # elements around the container, nearest first
        ("link_chars", pa.int32()),
        ("href", pa.string()),  # of the first link
        ("datetime", pa.string()),  # of a time element
        ("mark", pa.string()),  # the label that a rule of the site gives it
    ]
)


class Segmented(NamedTuple):
    """Documents, their blocks, and what could not be cut into blocks, by its position among the records."""

    documents: pa.Table
    blocks: pa.Table
    rejects: Mapping[int, Reject]


def one_array(column: pa.ChunkedArray) -> pa.Array:
    """The column in one piece, which it nearly always is; Arrow would copy it all the same."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def array_of(values: Any, kind: pa.DataType) -> pa.Array:
    """The values as Arrow has them; a list of nothing but None in a quarter of the time."""
    is_empty = isinstance(values, list) and values.count(None) == len(values)
    return pa.nulls(len(values), kind) if is_empty else pa.array(values, kind)


def joined(parts: Sequence[Segmented]) -> Segmented:
    """The parts as if their records had been cut together."""
    if len(parts) == 1:
        return parts[0]
    documents, records = 0, 0
    blocks: list[pa.Table] = []
    rejects: dict[int, Reject] = {}
    for part in parts:
        owner = pa.array(part.blocks["document"].to_numpy() + np.int32(documents), pa.int32())
        blocks.append(part.blocks.set_column(0, BLOCKS.field("document"), owner))
        rejects |= {records + at: reject for at, reject in part.rejects.items()}
        documents += part.documents.num_rows
        records += part.documents.num_rows + len(part.rejects)
    return Segmented(
        pa.concat_tables([part.documents for part in parts]).combine_chunks(), pa.concat_tables(blocks).combine_chunks(), rejects
    )
