"""All texts of the articles that were seen with more than one: `article_versions`, and what each changed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.catalogue import Partition
from copydesk.curate.days import UNKNOWN
from copydesk.curate.likeness import overlap
from copydesk.curate.published import publish_days
from copydesk.curate.sketches import KEPT_SHINGLES, sketch
from copydesk.lake.layout import partition_folders
from copydesk.schema import ARTICLE_COLUMNS, ARTICLE_VERSIONS
from copydesk.storage import Storage

# Besides where it stood, what follows from others, and what says how it was read rather than what it says.
NOT_COMPARED = (
    "article_id",
    "paragraphs",
    "paragraph_labels",
    "rails",
    "word_count",
    "label_confidence",
    "fingerprint",
    "stated_body",
    "newsroom_day",
    "item_version",
)
COMPARED = [
    column.name
    for column in ARTICLE_COLUMNS
    if column.name not in NOT_COMPARED and not column.name.startswith(("origin_", "published_", "crawled_"))
]
COMPARED += ["published_at"]


def publish_versions(storage: Storage, clean: list[Partition], month: str, articles: pa.Table, versions: pa.Table) -> None:
    """Make the month's days of `article_versions` hold the `versions` of `articles`, each in the day of its current one."""
    place = pc.index_in(versions["article_id"], value_set=articles["article_id"].combine_chunks())
    versions = versions.append_column("day", articles["day"].take(place)).append_column(
        "is_current", pc.equal(versions["fingerprint"], articles["fingerprint"].take(place))
    )
    held = [values["published_date"] or UNKNOWN for values, _ in partition_folders(storage, ARTICLE_VERSIONS)]
    days = sorted({day for day in held if day.startswith(month)}.union(pc.unique(versions["day"]).to_pylist()))
    publish_days(storage, clean, ARTICLE_VERSIONS, days, versions, finish=_with_changes)


def _with_changes(versions: pa.Table) -> pa.Table:
    """`versions` in order, with what each changed and how much of the text it left."""
    versions = versions.sort_by([("article_id", "ascending"), ("version", "ascending")])
    before = np.arange(versions.num_rows) - 1
    follows = np.array([number > 1 for number in versions["version"].to_pylist()], dtype=bool)
    shingles = sketch(versions["paragraphs"])["shingles"]
    shared = overlap(shingles, np.maximum(before, 0), np.arange(versions.num_rows), KEPT_SHINGLES).jaccard
    changed = [[], *(_changed(*pair) for pair in pairwise(versions.select(COMPARED).to_pylist()))][: versions.num_rows]
    return versions.append_column(
        "changed",
        pa.array([names if after else [] for names, after in zip(changed, follows, strict=True)], pa.list_(pa.string())),
    ).append_column("similarity", pa.array(shared, pa.float32(), mask=~follows))


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [name for name in COMPARED if before[name] != after[name]]
