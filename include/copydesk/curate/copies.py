"""The same story at several sources: linked, never dropped."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

LONG_ENOUGH = 40  # characters: shorter paragraphs ("Read more", "He said.") stand in unrelated stories
BOILERPLATE = 50  # a paragraph in more stories than this says nothing of any of them
SHARED_AT_LEAST = 3
CONTAINMENT = 0.6  # of the shorter story: an agency's text keeps that much when cut and given a new headline

Integers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Links = tuple[Integers, Integers]  # earlier story, later story

SKETCH = pa.schema(
    [
        ("article_id", pa.string()),
        ("source", pa.string()),
        ("published_at", pa.timestamp("us", tz="UTC")),
        ("body_hash", pa.uint64()),
        ("paragraph_hashes", pa.list_(pa.uint64())),
    ]
)


def sketch(articles: pa.Table) -> pa.Table:
    """What `link` needs of each article: a few numbers instead of its text."""
    paragraphs = articles["paragraphs"].combine_chunks()
    texts = _normalise(pc.list_flatten(paragraphs))
    parents = pc.list_parent_indices(paragraphs).to_numpy()
    length = pc.utf8_length(texts).to_numpy()
    words, long = length > 0, length >= LONG_ENOUGH
    bodies = pc.binary_join(_lists(texts, words, parents, len(paragraphs)), " ")
    columns = {
        **{name: articles[name] for name in SKETCH.names[:3]},
        "body_hash": pc.if_else(pc.less(pc.utf8_length(bodies), LONG_ENOUGH), pa.scalar(None, pa.uint64()), _hash(bodies)),
        "paragraph_hashes": _lists(_hash(texts), long, parents, len(paragraphs)),
    }
    return pa.table(columns).cast(SKETCH)


def link(sketches: pa.Table) -> pa.Table:
    """For each story, in the order given: article_id, `duplicate_of` (the first publication) and `copies` (of a first)."""
    by_time = pc.sort_indices(sketches, sort_keys=[("published_at", "ascending"), ("article_id", "ascending")])
    stories = sketches.take(by_time)
    source = stories["source"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    firsts = _firsts(len(source), _equal_bodies(stories, source), _shared_paragraphs(stories, source))
    ids = stories["article_id"].combine_chunks()
    linked = pa.table(
        {"article_id": ids, "duplicate_of": _duplicate_of(ids, firsts), "copies": _copies(ids, firsts)},
        schema=pa.schema([("article_id", pa.string()), ("duplicate_of", pa.string()), ("copies", pa.list_(pa.string()))]),
    )
    return linked.take(pa.array(np.argsort(by_time.to_numpy())))


def _normalise(texts: pa.Array) -> pa.Array:
    """Letters and digits in lower case with single spaces: what is left when typography is not the story."""
    folded = pc.utf8_lower(pc.utf8_normalize(texts, form="NFKC"))
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(folded, r"[^\p{L}\p{N}]+", " "))


def _hash(texts: pa.Array) -> pa.Array:
    return pa.array(pd.util.hash_array(texts.to_numpy(zero_copy_only=False), categorize=False))


def _lists(values: pa.Array, kept: npt.NDArray[np.bool_], parents: Integers, count: int) -> pa.ListArray:
    """The kept values of each of `count` parents; `parents` ascends."""
    ends = np.cumsum(np.bincount(parents[kept], minlength=count))
    return pa.ListArray.from_arrays(np.concatenate([[0], ends]).astype(np.int32), values.filter(pa.array(kept)))


def _equal_bodies(stories: pa.Table, source: Integers) -> Links:
    """Every later story with the very text of an earlier one, where more than one source has it."""
    told = np.flatnonzero(stories["body_hash"].is_valid())
    _, first, group = np.unique(stories["body_hash"].drop_null(), return_index=True, return_inverse=True)
    leader = told[first[group]]
    several = np.zeros(len(first), dtype=bool)
    several[group[source[told] != source[leader]]] = True
    late = several[group] & (leader != told)
    return leader[late], told[late]


def _shared_paragraphs(stories: pa.Table, source: Integers) -> Links:
    """Pairs of stories of different sources of which the shorter stands mostly in the other."""
    hashes, story = _paragraphs(stories["paragraph_hashes"].combine_chunks())
    length = np.bincount(story, minlength=len(source))
    pairs, shared = np.unique(_pairs(hashes, story, source), return_counts=True)
    early, late = np.divmod(pairs, max(len(source), 1))
    alike = (shared >= SHARED_AT_LEAST) & (shared >= CONTAINMENT * np.minimum(length[early], length[late]))
    return early[alike], late[alike]


def _paragraphs(lists: pa.ListArray) -> tuple[Hashes, Integers]:
    """Each story's different paragraphs as (hash, story), sorted, without those that stand in very many stories."""
    hashes = pc.list_flatten(lists).to_numpy()
    story = pc.list_parent_indices(lists).to_numpy().astype(np.int64)
    order = np.lexsort((story, hashes))
    hashes, story = hashes[order], story[order]
    new = np.ones(len(hashes), dtype=bool)
    new[1:] = (hashes[1:] != hashes[:-1]) | (story[1:] != story[:-1])
    hashes, story = hashes[new], story[new]
    _, group, sizes = np.unique(hashes, return_inverse=True, return_counts=True)
    telling = sizes[group] <= BOILERPLATE
    return hashes[telling], story[telling]


def _pairs(hashes: Hashes, story: Integers, source: Integers) -> Integers:
    """One number, early * stories + late, for each paragraph two stories of different sources share."""
    found = [np.empty(0, dtype=np.int64)]
    # Runs of one hash are at most BOILERPLATE long, so comparing with each of the next few rows finds every pair.
    for step in range(1, BOILERPLATE):
        same = np.flatnonzero(hashes[step:] == hashes[:-step])
        early, late = story[same], story[same + step]
        other = source[early] != source[late]
        found.append(early[other] * len(source) + late[other])
    return np.concatenate(found)


def _firsts(count: int, *links: Links) -> Integers:
    """For each story the first publication it goes back to; itself where it is one.

    A story follows only its earliest partner, so a digest of two stories joins one of them and never makes them one.
    """
    first = np.arange(count)
    for early, late in links:
        np.minimum.at(first, late, early)
    while not np.array_equal(first, first[first]):
        first = first[first]
    return first


def _duplicate_of(ids: pa.Array, firsts: Integers) -> pa.Array:
    is_copy = firsts != np.arange(len(firsts))
    return pc.if_else(pa.array(is_copy), ids.take(pa.array(firsts)), pa.scalar(None, pa.string()))


def _copies(ids: pa.Array, firsts: Integers) -> pa.Array:
    """The copies of each story in order of publication; empty where there are none."""
    by_first = np.argsort(firsts, kind="stable")
    copies = by_first != firsts[by_first]
    return _lists(ids.take(pa.array(by_first)), copies, firsts[by_first], len(firsts))
