"""Repetition: in how many documents of one group (a host, a source's dump) the same line stands."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints
from copydesk.labels.characters import Hashes, characters, keyed
from copydesk.labels.lookup import Lookup

# Counts of one shard, or of a whole dump: documents that hold a line, and documents in the group ("" as line).
LINES = pa.schema([("group", pa.string()), ("line", pa.uint64()), ("documents", pa.int64())])
WHOLE_GROUP = np.uint64(0)
MAX_CHARS = 400  # a longer line that repeats is a duplicate article, not a rail
ENOUGH = 3  # documents: with fewer in the group a shared line proves little


def count_lines(documents: pa.Table, blocks: pa.Table) -> pa.Table:
    """How many documents of each group hold each line, and how many documents there are."""
    groups = pc.dictionary_encode(documents["group"].combine_chunks())
    number = groups.indices.to_numpy().astype(np.int64)
    line, document = line_hashes(blocks["text"]), blocks["document"].to_numpy()
    once, _ = _distinct(keyed(line, document))
    line, group = line[once], number[document[once]]
    rows, holding = _distinct(keyed(line, group))
    sizes = np.bincount(number, minlength=len(groups.dictionary))
    columns = {
        "group": groups.dictionary.take(pa.array(np.r_[group[rows], np.arange(len(sizes))])),
        "line": np.r_[line[rows], np.full(len(sizes), WHOLE_GROUP)],
        "documents": np.r_[holding, sizes],
    }
    return pa.table(columns, LINES)


def merge(parts: list[pa.Table]) -> pa.Table:
    """The counts of several sets of documents as one."""
    if len(parts) == 1:
        return parts[0]
    both = pa.concat_tables([LINES.empty_table(), *parts]).group_by(["group", "line"], use_threads=False)
    return both.aggregate([("documents", "sum")]).rename_columns(LINES.names).cast(LINES)


def add_up(shards: list[pa.Table]) -> pa.Table:
    """The counts of a whole dump; lines of a single document are left out, as they repeat nowhere."""
    total = merge(shards)
    kept = pc.or_(pc.greater(total["documents"], 1), pc.equal(total["line"], WHOLE_GROUP))
    return total.filter(kept).sort_by([("group", "ascending"), ("line", "ascending")])


def repetition(documents: pa.Table, blocks: pa.Table, counts: pa.Table) -> Floats:
    """For each block, the share of the group's other documents that hold its line too; 0 in a small group."""
    document = blocks["document"].to_numpy()
    groups = pc.dictionary_encode(documents["group"].combine_chunks())
    number = groups.indices.to_numpy().astype(np.int64)
    known = pc.index_in(counts["group"].combine_chunks(), groups.dictionary)
    ours = counts.filter(pc.is_valid(known))
    line, numbers = ours["line"].to_numpy(), ours["documents"].to_numpy()
    group = pc.drop_null(known).to_numpy().astype(np.int64)
    size = np.ones(len(groups.dictionary), np.int64)
    size[group[line == WHOLE_GROUP]] = numbers[line == WHOLE_GROUP]
    whole = size[number[document]]
    rows = np.flatnonzero(whole >= ENOUGH)
    share = np.zeros(len(document), np.float32)
    if len(rows):
        lines = line_hashes(blocks["text"].take(pa.array(rows)))
        place = Lookup.of(keyed(line, group)).find(keyed(lines, number[document[rows]]))
        holding = np.where(place >= 0, numbers[place], 1)
        share[rows] = np.minimum((holding - 1) / (whole[rows] - 1), 1)
    return share


def line_hashes(text: pa.ChunkedArray) -> Hashes:
    """A number of 64 bits for each line, the same on every machine. Figures count: date lines differ by nothing else."""
    encoded = pc.dictionary_encode(text.combine_chunks())
    parts = [
        found.hashes(found.starts, found.starts + np.minimum(found.lengths, MAX_CHARS))
        for found in characters(encoded.dictionary)
    ]
    result: Hashes = np.maximum(np.concatenate(parts), 1)[encoded.indices.to_numpy()]
    return result


def _distinct(keys: Hashes) -> tuple[Ints, Ints]:
    """A row of each key, and how many rows have it."""
    encoded = pc.dictionary_encode(pa.array(keys))
    indices = encoded.indices.to_numpy()
    rows = np.zeros(len(encoded.dictionary), np.int64)
    rows[indices] = np.arange(len(keys))
    return rows, np.bincount(indices, minlength=len(rows))
