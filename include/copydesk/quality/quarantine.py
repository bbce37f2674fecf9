"""Rows of `quarantine`: what was stopped, why, and where its raw record is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.fields.identity import item_id
from copydesk.quality.outcome_wording import MAX_CHARS, describe
from copydesk.quality.rows import RowCheck
from copydesk.records import Reject, Stage, origin_columns
from copydesk.schema import ORIGIN_COLUMNS, QUARANTINE

CARRIED = ("article_id", "url", "title", "published_at", "body", *(column.name for column in ORIGIN_COLUMNS))


def from_rejects(rejects: Sequence[Reject], source: str) -> pa.Table:
    """One row a reject of a stage before validation."""
    rows = [
        {
            "stage": reject.stage.value,
            "reasons": [reject.reason.value],
            "detail": reject.detail,
            "article_id": item_id(source, reject.edition.item) if reject.edition else None,
            "url": reject.url,
            **origin_columns(reject.origin),
        }
        for reject in rejects
    ]
    return pa.Table.from_pylist(rows, schema=QUARANTINE.schema)


def from_rows(articles: pa.Table, check: RowCheck) -> pa.Table:
    """One row for each of `articles` that was not accepted, in their order, with the fields it had."""
    refused = articles.filter(pa.array(~check.accepted))
    reasons = [names for names in check.reasons if names]
    columns = {name: refused.column(name) for name in CARRIED}
    columns["stage"] = pa.array([Stage.VALIDATE.value] * len(reasons), QUARANTINE.schema.field("stage").type)
    columns["reasons"] = pa.array(reasons, pa.list_(pa.string()))
    judged = check.judged.filter(pa.array(~check.accepted))
    columns["detail"] = pa.array(list(_details(judged, reasons, check)), pa.string())
    return pa.table([columns[name] for name in QUARANTINE.schema.names], schema=QUARANTINE.schema)


def _details(refused: pa.Table, reasons: Sequence[Sequence[str]], check: RowCheck) -> Iterator[str]:
    """`published_at is missing; word_count is 4, at least 20 expected` for each row."""
    expected = {one.name: one for one in check.expected}
    failed = dict.fromkeys(name for names in reasons for name in names)
    values = {expected[name].column: _beginnings(refused.column(expected[name].column)) for name in failed}
    for row, names in enumerate(reasons):
        found = (describe(expected[name], values[expected[name].column][row]) for name in names)
        yield "; ".join(dict.fromkeys(found))


def _beginnings(column: pa.ChunkedArray) -> list[Any]:
    """The values, text cut to what is quoted of it: twenty thousand whole bodies would fill the memory."""
    if pa.types.is_string(column.type):
        column = pc.utf8_slice_codeunits(column, 0, 2 * MAX_CHARS)
    return list(column.to_pylist())
