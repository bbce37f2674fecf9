"""What stands in no article: records that were refused, blocks that were cut, and what people say of those."""

from __future__ import annotations

import pyarrow as pa

from copydesk.schema.dataset import (
    CATEGORY,
    DUMP,
    ORIGIN_COLUMNS,
    SOURCE,
    TIMESTAMP,
    Column,
    Dataset,
)
from copydesk.schema.rule import between, required

REJECT_COLUMNS = (
    Column("stage", CATEGORY, "Where it was stopped: read, segment, assemble or validate.", (required(),)),
    Column("reasons", pa.list_(pa.string()), "Why: a reason, or the expectations it failed, as `expectation:column`."),
    Column("detail", pa.string(), "The same in words, with what was found."),
    Column("article_id", pa.string(), "Id it would have had, where it got that far."),
    Column("url", pa.string(), "Address, where known."),
    Column("title", pa.string(), "Title, where found."),
    Column("published_at", TIMESTAMP, "Time of publication, where found."),
    Column("body", pa.string(), "Body, where found."),
    *ORIGIN_COLUMNS,
)

REMOVED_COLUMNS = (
    Column("article_id", pa.string(), "Article the block was cut from.", (required(),)),
    Column("ordinal", pa.int32(), "Position of the block in the document, from 0.", (required(),)),
    Column("label", CATEGORY, "What the block is: rail, promo, boilerplate, …", (required(),)),
    Column("probability", pa.float32(), "How sure the labeller was, 0 to 1.", (between(0, 1),)),
    Column("reasons", pa.list_(pa.string()), "Strongest reasons for the label, in words."),
    Column("text", pa.string(), "The block's text."),
)

CORRECTION_COLUMNS = (
    Column("corrected_at", TIMESTAMP, "When a person judged the block.", (required(),)),
    Column("corrected_by", pa.string(), "Who did, by the name in Airflow.", (required(),)),
    Column("article_id", pa.string(), "Article the block's document became.", (required(),)),
    Column("ordinal", pa.int32(), "Position of the block in the document, from 0.", (required(),)),
    Column("text", pa.string(), "The block's text.", (required(),)),
    Column("label_given", CATEGORY, "What the labeller took the block for.", (required(),)),
    Column("label", CATEGORY, "What the block is in that person's judgement; null where an earlier one is withdrawn."),
    Column("labeller", pa.string(), "Version of the labeller that erred."),
    *ORIGIN_COLUMNS,
)

QUARANTINE = Dataset("quarantine", "one record that was not accepted", (SOURCE, DUMP), REJECT_COLUMNS)
REMOVED = Dataset("removed", "one block that was cut from an accepted article", (SOURCE, DUMP), REMOVED_COLUMNS)

CORRECTIONS = Dataset(
    "corrections",
    "one judgement of a person on the label of one block, of which the latest holds",
    (SOURCE, DUMP),
    CORRECTION_COLUMNS,
    appends=True,
    written_by="people, on the Copydesk page",
)
