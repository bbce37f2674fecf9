"""Repetition: in how many documents of one group (a host, a source's dump) the same line stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.blocks.table import Segmented, one_array
from copydesk.labels.arrays import Floats, Ints, true_at
from copydesk.labels.texts.characters import Hashes, characters, keyed
from copydesk.labels.texts.lines import numbers

# Counts of one shard, or of a whole dump: documents that hold a line, and documents in the group ("" as line).
LINES = pa.schema([("group", pa.string()), ("line", pa.uint64()), ("documents", pa.int64())])
WHOLE_GROUP = np.uint64(0)
ENOUGH = 3  # documents: with fewer in the group a shared line proves little
SELDOM = 1e-5  # of a group's other documents: a line in fewer is no rail, and no labeller sees the difference


class Counts(NamedTuple):
    """The counts of a whole dump, ready to be looked up in: twelve bytes a line."""

    groups: pa.Array
    sizes: Ints  # documents of each group
    keys: Hashes  # of a line in its group, ascending
    documents: NDArray[np.int32]

    @classmethod
    def of(cls, tables: Iterable[pa.Table]) -> Self:
        """The counts that stand in some tables, none of them twice."""
        found = [(table["group"].combine_chunks().dictionary_encode(), table["line"], table["documents"]) for table in tables]
        groups = pc.unique(pa.chunked_array([group.dictionary for group, _, _ in found], pa.string()))
        sizes = np.ones(len(groups), np.int64)
        keys, documents = [np.empty(0, np.uint64)], [np.empty(0, np.int32)]
        for group, line, holding in found:
            number = pc.index_in(group.dictionary, groups).to_numpy().astype(np.int64)[group.indices.to_numpy()]
            lines, numbers = line.to_numpy(), holding.to_numpy()
            is_whole = lines == WHOLE_GROUP
            sizes[number[is_whole]] = numbers[is_whole]
            keys.append(keyed(lines, number)[~is_whole])
            documents.append(numbers[~is_whole].astype(np.int32))
        every = np.concatenate(keys)
        order = np.argsort(every, kind="stable")
        return cls(groups, sizes, every[order], np.concatenate(documents)[order])

    def holding(self, lines: Hashes, group: Ints) -> Ints:
        """In how many documents of its group each line stands; 1 where it stands in no other."""
        if not len(self.keys):
            return np.ones(len(lines), np.int64)
        wanted = keyed(lines, group)
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        result: Ints = np.where(self.keys[place] == wanted, self.documents[place], 1)
        return result


def count_lines(documents: pa.Table, blocks: pa.Table) -> pa.Table:
    """How many documents of each group hold each line, and how many documents there are."""
    return _counted(documents, blocks["document"].to_numpy(), line_hashes(blocks["text"]))


def _counted(documents: pa.Table, document: Ints, line: Hashes) -> pa.Table:
    """The same from the document and the number of each line."""
    groups = pc.dictionary_encode(one_array(documents["group"]))
    number = groups.indices.to_numpy().astype(np.int64)
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
    total = repeated(merge(shards))
    return total.sort_by([("group", "ascending"), ("line", "ascending")])


def counts_of(parts: Sequence[Segmented], seen: Sequence[Hashes] | None = None) -> Counts:
    """The counts of documents that are all at hand; lines of groups that are too small to tell anything are not looked at.

    `seen` has the numbers of the lines of each part, if they are known.
    """
    if sum(part.documents.num_rows for part in parts) < ENOUGH:
        return Counts.of([])
    groups = pa.chunked_array([group for part in parts for group in part.documents["group"].chunks], pa.string())
    sizes = pc.value_counts(groups)
    large = sizes.field("values").filter(pc.greater_equal(sizes.field("counts"), ENOUGH))
    if not len(large):
        return Counts.of([])
    known: Sequence[Hashes | None] = seen or [None] * len(parts)
    return Counts.of([add_up([_count_some(part, large, lines) for part, lines in zip(parts, known, strict=True)])])


def _count_some(part: Segmented, groups: pa.Array, lines: Hashes | None) -> pa.Table:
    """The counts of the documents of some groups."""
    document = part.blocks["document"].to_numpy()
    is_wanted = pc.is_in(one_array(part.documents["group"]), groups).to_numpy(zero_copy_only=False)[document]
    some = line_hashes(part.blocks["text"].filter(pa.array(is_wanted))) if lines is None else lines[is_wanted]
    return _counted(part.documents, document[is_wanted], some)


def repeated(total: pa.Table) -> pa.Table:
    """Of counts that are added up, those of lines in more than one document, and of the groups themselves."""
    return total.filter(pc.or_(pc.greater(total["documents"], 1), pc.equal(total["line"], WHOLE_GROUP)))


def common(total: pa.Table, sizes: dict[str, int]) -> pa.Table:
    """Of those the ones that stand in a share of their group that tells something; `sizes` are the documents of each group.

    However many documents there are, these are at most so many lines as a hundred thousand documents have.
    """
    groups = total["group"].combine_chunks().dictionary_encode()
    least = np.array([1 + SELDOM * (sizes[group] - 1) for group in groups.dictionary.to_pylist()])
    enough = total["documents"].to_numpy() >= least[groups.indices.to_numpy()]
    return total.filter(pa.array(enough))


def group_sizes(total: pa.Table) -> dict[str, int]:
    """How many documents each group has."""
    whole = total.filter(pc.equal(total["line"], WHOLE_GROUP))
    return dict(zip(whole["group"].to_pylist(), whole["documents"].to_pylist(), strict=True))


def repetition(documents: pa.Table, blocks: pa.Table, counts: Counts, lines: Hashes) -> Floats:
    """For each block, the share of the group's other documents that hold its line too; 0 in a small group.

    `lines` are the numbers of the lines, one a block.
    """
    document = blocks["document"].to_numpy()
    if not len(counts.groups):
        return np.zeros(len(document), np.float32)
    groups = pc.dictionary_encode(one_array(documents["group"]))
    known = pc.fill_null(pc.index_in(groups.dictionary, counts.groups), -1).to_numpy().astype(np.int64)
    group = known[groups.indices.to_numpy()][document]
    whole = np.r_[counts.sizes, 1][group]  # a group that was not counted has this document alone
    rows = true_at(whole >= ENOUGH)
    share = np.zeros(len(document), np.float32)
    if len(rows):
        share[rows] = np.minimum((counts.holding(lines[rows], group[rows]) - 1) / (whole[rows] - 1), 1)
    return share


def line_hashes(text: pa.ChunkedArray) -> Hashes:
    """The number by which each line is known again."""
    encoded = pc.dictionary_encode(one_array(text))
    parts = list(map(numbers, characters(encoded.dictionary)))
    result: Hashes = np.concatenate(parts)[encoded.indices.to_numpy()]
    return result


def _distinct(keys: Hashes) -> tuple[Ints, Ints]:
    """A row of each key, and how many rows have it."""
    encoded = pc.dictionary_encode(pa.array(keys))
    indices = encoded.indices.to_numpy()
    rows = np.zeros(len(encoded.dictionary), np.int64)
    rows[indices] = np.arange(len(keys))
    return rows, np.bincount(indices, minlength=len(rows))
