"""What tells that several articles are one story."""

from __future__ import annotations

import pyarrow as pa

from copydesk.schema.dataset import (
    CATEGORY,
    PUBLISHED_MONTH,
    SOURCE,
    TIMESTAMP,
    Column,
    Dataset,
)
from copydesk.schema.rule import between, required

SIGNATURE_COLUMNS = (
    Column("article_id", pa.string(), "The article, in its current version.", (required(),)),
    Column("source", CATEGORY, SOURCE.description, (required(),)),
    Column("published_at", TIMESTAMP, "Time of publication in UTC."),
    Column("fingerprint", pa.string(), "Which text the rest is taken from.", (required(),)),
    Column(
        "superseded_by",
        pa.string(),
        "article_id under which the source later had the same article, where it changed its address.",
    ),
    Column("text_hash", pa.int64(), "Hash of the text's words: equal texts, equal values; null where there are hardly any."),
    Column("shingles", pa.list_(pa.uint32()), "The smallest hashes of its runs of three words, in order."),
    Column("names", pa.list_(pa.uint32()), "The smallest hashes of its words with a capital where no sentence begins, in order."),
    Column("numbers", pa.list_(pa.uint32()), "The smallest hashes of its words with a figure, in order."),
)

STORY_LINK_COLUMNS = (
    Column("article_id", pa.string(), "An article that tells the story of an earlier one at another source.", (required(),)),
    Column("published_at", TIMESTAMP, "When it was published, in UTC."),
    Column(
        "copy_of",
        pa.string(),
        "article_id of the earliest article it was found to copy, which may be a copy itself.",
        (required(),),
    ),
    Column("copy_of_published_at", TIMESTAMP, "When that was published, in UTC."),
    Column(
        "similarity", pa.float32(), "Share of the shorter text's runs of three words that stand in the other.", (between(0, 1),)
    ),
)

SIGNATURES = Dataset(
    "signatures",
    "what is kept of one article to compare it with others",
    (PUBLISHED_MONTH,),
    SIGNATURE_COLUMNS,
    sort="published_at",
    written_by="curate",
    key=("article_id",),
)

STORY_LINKS = Dataset(
    "story_links",
    "one article and the earlier one it was found to copy",
    (PUBLISHED_MONTH,),
    STORY_LINK_COLUMNS,
    sort="published_at",
    written_by="curate",
    key=("article_id",),
)
