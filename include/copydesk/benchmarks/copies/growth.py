"""Linking at any size: signatures without articles, drawn as words are in a language, a share of them copies."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.copies import first_partners
from copydesk.curate.days import window_before, within
from copydesk.curate.sketches import KEPT_SHINGLES
from copydesk.curate.versions import superseded
from copydesk.schema import TIMESTAMP

MONTHS = [f"2026-{month:02}" for month in range(1, 13)]
RANGE = 0.3 * 2**32  # the smallest hashes of an article of some four hundred words lie below this
COMMON = 0.4  # share of an article's runs of words that are everybody's: "one of the", "said that the"
COMMON_RUNS = 50_000
COPIED = 0.15  # share of the articles that are copies
KEPT = 0.6  # share of its runs of words that a copy keeps
SOURCES = 50
NAMES, NUMBERS = 20, 5

Random = np.random.Generator
Hashes = npt.NDArray[np.uint32]


class Growth(NamedTuple):
    """One size: what it took to link a year of so many articles, month by month, and what was found."""

    articles: int
    seconds: float
    recall: float
    precision: float


def measure(articles: int, seed: int = 0) -> Growth:
    """Link a year as curation does, each month with the window before it."""
    random = np.random.default_rng(seed)
    window = _month(random, MONTHS[0], 0)
    seconds, expected, links = 0.0, 0, []
    for month in MONTHS:
        new = _month(random, month, articles // len(MONTHS))
        window = pa.concat_tables([window.filter(window_before(month)), new])
        expected += new.num_rows - pc.count_distinct(new["story"]).as_py()
        start = time.process_time()
        superseded(new)
        links.append(first_partners(window, _rows_of(window, month)))
        seconds += time.process_time() - start
    found = pa.concat_tables(links)
    right = pc.sum(pc.equal(_story(found["article_id"]), _story(found["copy_of"]))).as_py() or 0
    return Growth(articles, seconds, right / max(expected, 1), right / max(found.num_rows, 1))


def _month(random: Random, month: str, articles: int) -> pa.Table:
    """Signatures of a month in the order of time; an id ends in its story, which copies share."""
    stories = np.arange(articles)
    is_copy = random.random(articles) < COPIED
    copies, originals = np.flatnonzero(is_copy), np.flatnonzero(~is_copy)
    if len(originals):
        stories[copies] = random.choice(originals, len(copies))
    columns: dict[str, Any] = {
        "article_id": pa.array([f"{month} {number} of {story}" for number, story in enumerate(stories)], pa.string()),
        "story": stories,
        "source": random.integers(0, SOURCES, articles).astype(str),
        "published_at": _times(month, articles),
        "text_hash": pa.nulls(articles, pa.int64()),
        "shingles": _lists(_copied(random, _runs(random, articles), copies, stories, KEPT)),
        "names": _lists(_copied(random, _facts(random, articles, NAMES), copies, stories, 1)),
        "numbers": _lists(_copied(random, _facts(random, articles, NUMBERS), copies, stories, 1)),
        "first_seen_dump": pa.array([month] * articles, pa.string()),
        "last_seen_dump": pa.array([month] * articles, pa.string()),
    }
    columns["source"] = np.where(is_copy, np.char.add("copying ", columns["source"]), columns["source"])
    return pa.table(columns)


def _runs(random: Random, articles: int) -> Hashes:
    """Hashes of runs of words: some of them are anybody's, the commonest of these in every other article."""
    hashes = random.integers(0, int(RANGE), (articles, KEPT_SHINGLES), dtype=np.uint32)
    common = random.random(hashes.shape) < COMMON
    number = (COMMON_RUNS * random.random(int(common.sum())) ** 3).astype(np.uint64)
    hashes[common] = (number * np.uint64(0x9E3779B1)) % np.uint64(RANGE)
    return hashes


def _facts(random: Random, articles: int, count: int) -> Hashes:
    return random.integers(0, 2**32, (articles, count), dtype=np.uint32)


def _copied(random: Random, hashes: Hashes, copies: npt.NDArray[np.int64], stories: npt.NDArray[np.int64], kept: float) -> Hashes:
    """The copies with a share of what they copy."""
    keeps = random.random((len(copies), hashes.shape[1])) < kept
    hashes[copies] = np.where(keeps, hashes[stories[copies]], hashes[copies])
    return hashes


def _lists(hashes: Hashes) -> pa.ListArray:
    """Lists of different hashes in order, as sketches are."""
    hashes.sort(axis=1)
    while (twice := hashes[:, 1:] == hashes[:, :-1]).any():
        hashes[:, 1:][twice] += 1
        hashes.sort(axis=1)
    offsets = np.arange(len(hashes) + 1, dtype=np.int32) * hashes.shape[1]
    return pa.ListArray.from_arrays(offsets, hashes.ravel())


def _times(month: str, articles: int) -> pa.Array:
    start = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    return pa.array([start + timedelta(days=28) * number / max(articles, 1) for number in range(articles)], TIMESTAMP)


def _rows_of(window: pa.Table, month: str) -> pa.Array:
    return pc.is_in(window["article_id"], window.filter(within(month))["article_id"].combine_chunks()).combine_chunks()


def _story(ids: pa.ChunkedArray) -> pa.ChunkedArray:
    """The month and story of an id."""
    return pc.replace_substring_regex(ids, r" \d+ of", "")
