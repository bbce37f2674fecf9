"""Versions of an article over re-crawls."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

DAY = r"^\d{4}-\d\d-\d\d$"
ORDER = ("article_id", "is_day", "dump", "fingerprint")


def current(sightings: pa.Table) -> pa.Table:
    """The latest dump's row of every article, with `version`, `first_seen_dump` and `last_seen_dump`, by article_id.

    A sighting is one row of `clean` with its `dump`; the columns besides article_id, dump and fingerprint are carried along.
    An archive, whose name is no day, was crawled before any day that has a dump of its own.
    """
    is_day = pc.match_substring_regex(sightings["dump"], DAY)
    ordered = sightings.append_column("is_day", is_day).sort_by([(name, "ascending") for name in ORDER]).drop_columns("is_day")
    rows = pa.array(np.arange(ordered.num_rows))
    # One thread: `first` and `last` mean the order of the rows.
    seen = (
        ordered.append_column("row", rows)
        .group_by("article_id", use_threads=False)
        .aggregate([("row", "last"), ("fingerprint", "count_distinct"), ("dump", "first"), ("dump", "last")])
    )
    return (
        ordered.take(seen["row_last"])
        .append_column("version", seen["fingerprint_count_distinct"].cast(pa.int32()))
        .append_column("first_seen_dump", seen["dump_first"])
        .append_column("last_seen_dump", seen["dump_last"])
    )
