"""Repetition: in how many documents of one group (a host, a source's dump) the same line stands."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats

# Counts of one shard, or of a whole dump: documents that hold a line, and documents in the group ("" as line).
LINES = pa.schema([("group", pa.string()), ("line", pa.uint64()), ("documents", pa.int64())])
WHOLE_GROUP = np.uint64(0)
MAX_CHARS = 400  # a longer line that repeats is a duplicate article, not a rail
ENOUGH = 3  # documents: with fewer in the group a shared line proves little


def count_lines(documents: pa.Table, blocks: pa.Table) -> pa.Table:
    """How many documents of each group hold each line, and how many documents there are."""
    lines = _distinct_lines(documents, blocks)
    counts = lines.group_by(["group", "line"], use_threads=False).aggregate([("line", "count")]).rename_columns(LINES.names)
    sizes = documents.group_by(["group"], use_threads=False).aggregate([("group", "count")])
    whole = pa.table([sizes["group"], np.full(len(sizes), WHOLE_GROUP), sizes["group_count"]], LINES.names)
    return pa.concat_tables([counts.cast(LINES), whole.cast(LINES)])


def merge(parts: list[pa.Table]) -> pa.Table:
    """The counts of several sets of documents as one."""
    both = pa.concat_tables([LINES.empty_table(), *parts]).group_by(["group", "line"], use_threads=False)
    return both.aggregate([("documents", "sum")]).rename_columns(LINES.names).cast(LINES)


def add_up(shards: list[pa.Table]) -> pa.Table:
    """The counts of a whole dump; lines of a single document are left out, as they repeat nowhere."""
    total = merge(shards)
    kept = pc.or_(pc.greater(total["documents"], 1), pc.equal(total["line"], WHOLE_GROUP))
    return total.filter(kept).sort_by([("group", "ascending"), ("line", "ascending")])


def repetition(documents: pa.Table, blocks: pa.Table, counts: pa.Table) -> Floats:
    """For each block, the share of the group's other documents that hold its line too; 0 in a small group."""
    keys = _keys(counts["group"], counts["line"].to_numpy())
    order = np.argsort(keys)
    known, numbers = keys[order], counts["documents"].to_numpy()[order]
    groups = documents["group"].take(blocks["document"])
    lines = line_hashes(blocks["text"])
    holding = _look_up(_keys(groups, lines), known, numbers)
    whole = _look_up(_keys(groups, np.full(len(lines), WHOLE_GROUP)), known, numbers)
    share = (holding - 1) / np.maximum(whole - 1, 1)
    return np.where(whole >= ENOUGH, np.minimum(share, 1), 0).astype(np.float32)


def _look_up(keys: np.ndarray, known: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The number of each key; 1 where it is not known."""
    if not len(known):
        return np.ones(len(keys), np.int64)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(known[at] == keys, numbers[at], 1)


def line_hashes(text: pa.ChunkedArray) -> np.ndarray:
    """A 64-bit hash of each line, the same on every machine. Figures count: date lines differ by nothing else."""
    plain = pc.utf8_lower(pc.utf8_slice_codeunits(text, 0, MAX_CHARS))
    return np.maximum(pd.util.hash_array(plain.to_numpy(zero_copy_only=False), categorize=True), 1)


def _distinct_lines(documents: pa.Table, blocks: pa.Table) -> pa.Table:
    """Each line once a document."""
    table = pa.table({"document": blocks["document"], "line": line_hashes(blocks["text"])})
    once = table.group_by(["document", "line"], use_threads=False).aggregate([])
    return pa.table({"group": documents["group"].take(once["document"]), "line": once["line"]})


def _keys(groups: pa.ChunkedArray, lines: np.ndarray) -> np.ndarray:
    """One number for a group and a line; hashes are mixed, so a collision is as unlikely as one between two lines."""
    distinct = (
        pc.dictionary_encode(groups).combine_chunks() if isinstance(groups, pa.ChunkedArray) else pc.dictionary_encode(groups)
    )
    if isinstance(distinct, pa.ChunkedArray):
        distinct = distinct.chunk(0)
    hashes = pd.util.hash_array(distinct.dictionary.to_numpy(zero_copy_only=False).astype(object))
    result: np.ndarray = hashes[distinct.indices.to_numpy(zero_copy_only=False)] ^ (lines * np.uint64(0x9E3779B97F4A7C15))
    return result
