"""In what order sightings of an article follow each other: as its agency numbers them, else as the dumps do."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.words import Integers

DAY = r"^\d{4}-\d\d-\d\d$"
IS_DAY = re.compile(DAY)
BY_DUMP = ("article_id", "is_day", "dump", "fingerprint")


def place_of(dump: str) -> tuple[bool, str]:
    """A dump's place in their order: an archive, whose name is no day, was crawled before any day that has a dump of its own."""
    return IS_DAY.match(dump) is not None, dump


def ordered(sightings: pa.Table) -> pa.Table:
    """`sightings` article by article, each in its order, with their `place` in the order of the dumps.

    The higher version of an agency's item follows the lower, whatever dumps they are of; one without a number the highest
    before it. Versions are those of one id in `clean`, `seen_as` where articles have others: an item that took the place of
    another counts from 1 again.
    """
    is_day = pc.match_substring_regex(sightings["dump"], DAY)
    by_dump = sightings.append_column("is_day", is_day).sort_by([(name, "ascending") for name in BY_DUMP]).drop_columns("is_day")
    placed = by_dump.append_column("place", pa.array(np.arange(by_dump.num_rows)))
    is_numbered = by_dump["item_version"].null_count < by_dump.num_rows
    return placed.take(pa.array(_by_version(by_dump))) if is_numbered else placed


def _by_version(by_dump: pa.Table) -> Integers:
    """The rows in their order. Items that became one article follow each other by where they begin."""
    rows = np.arange(by_dump.num_rows)
    item, version = _items(by_dump), _versions(by_dump["item_version"])
    by_item, numbers = np.argsort(item, kind="stable"), version.max() + 1
    first = np.unique(item[by_item], return_index=True)[1]
    so_far = np.empty_like(rows)
    so_far[by_item] = np.maximum.accumulate(item[by_item] * numbers + version[by_item]) % numbers
    begin = by_item[first][item]
    is_numbered = np.maximum.reduceat(version[by_item], first)[item] > 0
    return np.lexsort((rows, np.where(version > 0, version, so_far), np.where(is_numbered, begin, rows)))


def _items(sightings: pa.Table) -> Integers:
    """Which id in `clean` each is of, as numbers from 0."""
    ids = sightings["seen_as" if "seen_as" in sightings.column_names else "article_id"]
    numbers: Integers = ids.combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    return numbers


def _versions(given: pa.ChunkedArray) -> Integers:
    """The versions as numbers from 1 in their order; 0 where there is none."""
    values = pc.fill_null(given, -1).to_numpy()
    return np.unique(np.append(-1, values), return_inverse=True)[1][1:]
