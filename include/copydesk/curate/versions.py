"""Versions of an article over re-crawls."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.candidates import candidates
from copydesk.curate.days import days_of
from copydesk.curate.likeness import SHARED_AT_LEAST, likeness
from copydesk.curate.ordering import DAY, ordered
from copydesk.curate.words import Flags, Integers

CONTAINMENT = 0.8  # of the shorter text: a correction leaves most of it, and a report that grows over the day keeps its beginning
JACCARD = 0.5  # but a round-up that holds a brief is not its next version
SAME_ARTICLE = timedelta(days=1)  # a correction keeps the time of publication, or sets it to that of the correction
MICROSECOND = timedelta(microseconds=1)


def current(sightings: pa.Table) -> pa.Table:
    """The row of every article that stands, with `version`, `first_seen_dump` and `last_seen_dump`, by article_id.

    A sighting is one row of `clean` with its `dump`; the columns besides article_id, dump, item_version and fingerprint are carried
    along. The highest version of an agency's item stands, and of anything else the row of the latest dump.
    """
    found = ordered(sightings)
    # One thread: `last` means the order of the rows.
    seen = (
        found.append_column("row", pa.array(np.arange(found.num_rows)))
        .group_by("article_id", use_threads=False)
        .aggregate([("row", "last"), ("fingerprint", "count_distinct"), ("place", "min"), ("place", "max")])
    )
    return _with_history(found, seen, seen["fingerprint_count_distinct"])


def texts(sightings: pa.Table) -> pa.Table:
    """The last sighting of each different text of every article, as `current` gives one, numbered in their order."""
    found = ordered(sightings)
    seen = (
        found.append_column("row", pa.array(np.arange(found.num_rows)))
        .group_by(["article_id", "fingerprint"], use_threads=False)
        .aggregate([("row", "first"), ("row", "last"), ("place", "min"), ("place", "max")])
        .sort_by([("article_id", "ascending"), ("row_first", "ascending")])
    )
    return _with_history(found, seen, pa.array(_numbered(seen["article_id"])))


def _with_history(found: pa.Table, seen: pa.Table, version: pa.Array | pa.ChunkedArray) -> pa.Table:
    """The last rows of the groups that were `seen`, each with its version and the first and last dump of its group."""
    dumps = found["dump"].take(pc.sort_indices(found["place"]))
    return (
        found.drop_columns("place")
        .take(seen["row_last"])
        .append_column("version", version.cast(pa.int32()))
        .append_column("first_seen_dump", dumps.take(seen["place_min"]))
        .append_column("last_seen_dump", dumps.take(seen["place_max"]))
    )


def without_repeats(sightings: pa.Table) -> pa.Table:
    """`sightings` without those that have the text, the day and the dump of another article: one page under two addresses."""
    by_id = sightings.sort_by("article_id")
    keys = by_id.select(["source", "dump", "fingerprint"]).append_column("day", days_of(by_id["published_at"]))
    return by_id.filter(pa.array(~keys.to_pandas().duplicated().to_numpy()))


def superseded(articles: pa.Table) -> pa.Array:
    """For each article of `current` with its sketch, the one that its source has had in its place since; null where it stands.

    That is nearly the same text, published within a day of it, first seen in a later dump than the last that had this one.
    """
    source = articles["source"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    one, other = candidates(articles["shingles"].combine_chunks(), source)
    alike = _alike(articles, source, one, other)
    pairs = np.concatenate([np.stack([one[alike], other[alike]]), np.stack([other[alike], one[alike]])], axis=1)
    first, last = _seen(articles)
    old, new = pairs[:, last[pairs[0]] < first[pairs[1]]]
    order = np.lexsort((new, last[new], old))
    latest = order[np.append(old[order][1:] != old[order][:-1], True)[: len(order)]]
    successor = np.arange(articles.num_rows)
    successor[old[latest]] = new[latest]
    while not np.array_equal(successor, successor[successor]):
        successor = successor[successor]
    stands = pa.array(successor == np.arange(articles.num_rows))
    return pc.if_else(stands, None, articles["article_id"].combine_chunks().take(pa.array(successor)))


def _alike(articles: pa.Table, source: Integers, one: Integers, other: Integers) -> Flags:
    """Whether two articles are of one source and day, and one the other with corrections."""
    time = pc.fill_null(articles["published_at"].cast(pa.int64()), 0).to_numpy()
    found = likeness(articles, one, other)
    text = found.text
    near = (source[one] == source[other]) & (np.abs(time[one] - time[other]) <= SAME_ARTICLE // MICROSECOND)
    much = (text.containment >= CONTAINMENT) & (text.jaccard >= JACCARD) & (text.all_shared >= SHARED_AT_LEAST)
    same: Flags = near & much & found.same_facts
    return same


def _seen(articles: pa.Table) -> tuple[Integers, Integers]:
    """The first and the last dump of each article as numbers in their order."""
    dumps = pa.concat_arrays([articles[name].combine_chunks() for name in ("first_seen_dump", "last_seen_dump")])
    is_day = pc.match_substring_regex(dumps, DAY).cast(pa.int8()).cast(pa.string())
    _, place = np.unique(pc.binary_join_element_wise(is_day, dumps, "").to_numpy(zero_copy_only=False), return_inverse=True)
    first, last = place.reshape(2, -1)
    return first, last


def _numbered(ids: pa.ChunkedArray) -> Integers:
    """1, 2, 3, … among equal ids, which stand together."""
    _, first, group = np.unique(ids.to_numpy(), return_index=True, return_inverse=True)
    return np.arange(1, len(ids) + 1) - first[group]
