"""What lets a reader that looks for one article pass over the row groups that do not hold it: a Bloom filter of each."""

from __future__ import annotations

from typing import TypedDict

import pyarrow as pa
import pyarrow.compute as pc

COLUMNS = ("article_id", "url")  # asked for one value at a time, by people who ask what became of an article
FALSE_ALARMS = 0.05


class BloomFilter(TypedDict):
    """As Arrow's writer wants it described: for how many different values, and how often it may err."""

    ndv: int
    fpp: float


def bloom_filters(rows: pa.Table, rows_a_group: int) -> dict[str, BloomFilter]:
    """The filters of a file whose row groups look like `rows`; none where there is nothing to look for."""
    names = [name for name in COLUMNS if name in rows.column_names]
    different = {name: min(pc.count_distinct(rows[name]).as_py(), rows_a_group) for name in names}
    return {name: BloomFilter(ndv=count, fpp=FALSE_ALARMS) for name, count in different.items() if count}
