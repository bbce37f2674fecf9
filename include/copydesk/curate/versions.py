"""Versions of an article over re-crawls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.candidates import candidates
from copydesk.curate.days import days_of
from copydesk.curate.likeness import SHARED_AT_LEAST, likeness
from copydesk.curate.words import Flags, Integers

DAY = r"^\d{4}-\d\d-\d\d$"
IS_DAY = re.compile(DAY)
ORDER = ("article_id", "is_day", "dump", "fingerprint")
CONTAINMENT = 0.8  # of the shorter text: a correction leaves it, and a report that grows over the day holds its beginning
JACCARD = 0.5  # but a round-up that holds a brief is not its next version
SAME_ARTICLE = timedelta(days=1)  # a correction keeps the time of publication, or sets it to that of the correction
MICROSECOND = timedelta(microseconds=1)


def place_of(dump: str) -> tuple[bool, str]:
    """A dump's place in their order: an archive, whose name is no day, was crawled before any day that has a dump of its own."""
    return IS_DAY.match(dump) is not None, dump


def current(sightings: pa.Table) -> pa.Table:
    """The latest dump's row of every article, with `version`, `first_seen_dump` and `last_seen_dump`, by article_id.

    A sighting is one row of `clean` with its `dump`; the columns besides article_id, dump and fingerprint are carried along.
    An archive, whose name is no day, was crawled before any day that has a dump of its own.
    """
    ordered = _ordered(sightings, ORDER)
    # One thread: `first` and `last` mean the order of the rows.
    seen = (
        ordered.append_column("row", pa.array(np.arange(ordered.num_rows)))
        .group_by("article_id", use_threads=False)
        .aggregate([("row", "last"), ("fingerprint", "count_distinct"), ("dump", "first"), ("dump", "last")])
    )
    return (
        ordered.take(seen["row_last"])
        .append_column("version", seen["fingerprint_count_distinct"].cast(pa.int32()))
        .append_column("first_seen_dump", seen["dump_first"])
        .append_column("last_seen_dump", seen["dump_last"])
    )


def texts(sightings: pa.Table) -> pa.Table:
    """The latest sighting of each different text of every article, as `current` gives one, numbered by when it was first seen."""
    ordered = _ordered(sightings, ("is_day", "dump", "article_id", "fingerprint"))
    seen = (
        ordered.append_column("row", pa.array(np.arange(ordered.num_rows)))
        .group_by(["article_id", "fingerprint"], use_threads=False)
        .aggregate([("row", "first"), ("row", "last"), ("dump", "first"), ("dump", "last")])
        .sort_by([("article_id", "ascending"), ("row_first", "ascending")])
    )
    return (
        ordered.take(seen["row_last"])
        .append_column("version", pa.array(_numbered(seen["article_id"]), pa.int32()))
        .append_column("first_seen_dump", seen["dump_first"])
        .append_column("last_seen_dump", seen["dump_last"])
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


def _ordered(sightings: pa.Table, order: Sequence[str]) -> pa.Table:
    is_day = pc.match_substring_regex(sightings["dump"], DAY)
    return sightings.append_column("is_day", is_day).sort_by([(name, "ascending") for name in order]).drop_columns("is_day")


def _numbered(ids: pa.ChunkedArray) -> Integers:
    """1, 2, 3, … among equal ids, which stand together."""
    _, first, group = np.unique(ids.to_numpy(), return_index=True, return_inverse=True)
    return np.arange(1, len(ids) + 1) - first[group]
