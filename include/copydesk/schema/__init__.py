"""Every dataset's columns, once: types, meaning, and what must hold of them.

The Parquet writer, the expectations, the data dictionary and the notebook helper all start from here.
"""

from __future__ import annotations

import pyarrow as pa

from copydesk.schema.articles import ARTICLE_COLUMNS, ARTICLE_VERSIONS, ARTICLES, CLEAN, PAGE_TYPES, RAIL, RAIL_ITEM
from copydesk.schema.cut import CORRECTIONS, QUARANTINE, REMOVED
from copydesk.schema.dataset import CLOCK, ORIGIN_COLUMNS, TIMESTAMP, Column, Dataset
from copydesk.schema.rule import Rule, Severity, absent, between, one_of, required
from copydesk.schema.runs import EXPECTATION, INPUT, OLDEST_FIRST, PUBLISHED, RUNS, Judged
from copydesk.schema.stories import SIGNATURES, STORY_LINKS

__all__ = [
    "ARTICLES",
    "ARTICLE_COLUMNS",
    "ARTICLE_VERSIONS",
    "CLEAN",
    "CLOCK",
    "CORRECTIONS",
    "DATASETS",
    "EXPECTATION",
    "EXPLANATION",
    "INPUT",
    "OLDEST_FIRST",
    "ORIGIN_COLUMNS",
    "PAGE_TYPES",
    "PUBLISHED",
    "QUARANTINE",
    "RAIL",
    "RAIL_ITEM",
    "REMOVED",
    "RUNS",
    "SCHEMA_VERSION",
    "SIGNATURES",
    "STORY_LINKS",
    "TIMESTAMP",
    "Column",
    "Dataset",
    "Judged",
    "Rule",
    "Severity",
    "absent",
    "between",
    "one_of",
    "required",
]

SCHEMA_VERSION = 6

DATASETS = {
    d.name: d for d in (CLEAN, ARTICLES, ARTICLE_VERSIONS, QUARANTINE, REMOVED, RUNS, SIGNATURES, STORY_LINKS, CORRECTIONS)
}

EXPLANATION = pa.schema(
    [
        ("ordinal", pa.int32()),
        ("text", pa.string()),
        ("label", pa.string()),
        ("probability", pa.float32()),
        ("reasons", pa.list_(pa.string())),
        ("kept", pa.bool_()),
    ]
)
