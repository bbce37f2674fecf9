"""Articles that are not accepted for a reason of their own → rows of `quarantine`."""

from __future__ import annotations

import pyarrow as pa

from copydesk.records import Reason, Stage
from copydesk.schema import QUARANTINE

DETAILS = {
    Reason.NO_ARTICLE: "no block of the record was found to be an article's text",
    Reason.DUPLICATE_ID: "an earlier record of this dump has the same article_id",
    Reason.SUPERSEDED: "this dump has a later version of the agency's item",
    Reason.WITHDRAWN: "this dump has the agency's notice that the item is not to be published; it has the same article_id",
}


def refuse(articles: pa.Table, stage: Stage, reason: Reason) -> pa.Table:
    """A row of `quarantine` for each of `articles`, with the fields it had."""
    count = articles.num_rows
    said = {
        "stage": pa.array([stage.value] * count, pa.string()),
        "reasons": pa.array([[reason.value]] * count, pa.list_(pa.string())),
        "detail": pa.array([DETAILS[reason]] * count, pa.string()),
    }
    columns = [said[name] if name in said else articles[name] for name in QUARANTINE.schema.names]
    return pa.table(columns, QUARANTINE.schema.names).cast(QUARANTINE.schema)
