"""The same story at several sources: each article and the first one it was copied from, as far as a window sees."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.candidates import Pairs, candidates
from copydesk.curate.days import WINDOW
from copydesk.curate.likeness import SHARED_AT_LEAST, Likeness, likeness
from copydesk.curate.words import Flags, Integers
from copydesk.schema import STORY_LINKS

CONTAINMENT = 0.4  # of the shorter story's runs of three words: so much is left when a fifth of the words was changed

MICROSECOND = timedelta(microseconds=1)
Shares = npt.NDArray[np.float64]


def first_partners(stories: pa.Table, late: pa.Array | None = None) -> pa.Table:
    """A row in the schema of `story_links` for each story that has an earlier one like it at another source: the earliest.

    `stories` has article_id, source, published_at and a sketch of each; with `late`, only for the stories that it marks. A story
    without a date comes after all others.
    """
    by_time = pc.sort_indices(stories, sort_keys=[("published_at", "ascending"), ("article_id", "ascending")])
    stories = stories.take(by_time)
    source = stories["source"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    time = _times(stories["published_at"])
    wanted = np.ones(len(source), bool) if late is None else late.take(by_time).to_numpy(zero_copy_only=False)
    equal, alike = _equal(stories, time), candidates(stories["shingles"].combine_chunks(), source)
    early, copy = (np.concatenate(sides) for sides in zip(equal, alike, strict=True))
    possible = (source[early] != source[copy]) & (time[copy] - time[early] <= WINDOW // MICROSECOND) & wanted[copy]
    early, copy = early[possible], copy[possible]
    shared = np.where(np.arange(len(possible))[possible] < len(equal[0]), 1.0, 0.0)
    found = likeness(stories, early, copy)
    accepted = is_copy(found) | (shared == 1)
    similarity = np.maximum(shared, found.text.containment)
    return _earliest(stories, early[accepted], copy[accepted], similarity[accepted])


def is_copy(found: Likeness) -> Flags:
    """Whether the later of each pair is the story of the earlier."""
    text = found.text
    return (text.all_shared >= SHARED_AT_LEAST) & (text.containment >= CONTAINMENT) & found.same_facts


def _times(published_at: pa.ChunkedArray) -> Integers:
    """In microseconds; the last known where there is none."""
    numbers = published_at.cast(pa.int64())
    times: Integers = pc.fill_null(numbers, pc.max(numbers).as_py() or 0).to_numpy()
    return times


def _equal(stories: pa.Table, time: Integers) -> Pairs:
    """Each story with the very text of an earlier one, and the first such within the window."""
    told = np.flatnonzero(pc.is_valid(stories["text_hash"]).to_numpy())
    text = stories["text_hash"].drop_null().to_numpy()
    _, group = np.unique(text, return_inverse=True)
    span = np.int64(2 * (WINDOW // MICROSECOND) + (time.max() - time.min() if len(time) else 0))
    at = group * span + (time[told] - time.min(initial=0))
    order = np.argsort(at, kind="stable")
    begin = np.searchsorted(at[order], at[order] - WINDOW // MICROSECOND)
    first, later = told[order[begin]], told[order]
    return first[first < later], later[first < later]


def _earliest(stories: pa.Table, early: Integers, copy: Integers, similarity: Shares) -> pa.Table:
    """Each copy with its earliest partner only, so that a digest of two stories joins one of them and never makes them one."""
    order = np.lexsort((-similarity, early, copy))
    _, first = np.unique(copy[order], return_index=True)
    chosen = order[first]
    copies, partners = stories.take(pa.array(copy[chosen])), stories.take(pa.array(early[chosen]))
    columns = {
        "article_id": copies["article_id"],
        "published_at": copies["published_at"],
        "copy_of": partners["article_id"],
        "copy_of_published_at": partners["published_at"],
        "similarity": similarity[chosen],
    }
    return pa.table(columns).cast(STORY_LINKS.schema)
