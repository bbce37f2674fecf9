"""Documents and pages → the two tables, column by column over thousands of rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.attributes import own_words
from copydesk.blocks.html import BLOCK, ELEMENT, Page
from copydesk.blocks.table import BLOCKS, DOCUMENTS
from copydesk.blocks.text import ordinals

LEVELS = 6  # containers known above a block's own
NEAREST = 6  # elements whose names describe a block; the page's outer shell says the same of every block

Numbers = npt.NDArray[np.int64]


def document_table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """The documents of `rows`, each a value for every column."""
    return pa.table([_document_column([row[field.name] for row in rows], field.type) for field in DOCUMENTS], schema=DOCUMENTS)


def _document_column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
        return _lists(values, kind.value_type)
    return pa.array(values, kind)


def _lists(lists: Sequence[Sequence[tuple[Any, ...]]], kind: pa.StructType) -> pa.ListArray:
    """Lists of structs, whose values are given as tuples in the order of the fields."""
    columns = _columns(kind.names, lists)
    parts = pa.StructArray.from_arrays([pa.array(columns[f.name], f.type) for f in kind], fields=list(kind))
    return pa.ListArray.from_arrays(pa.array(np.cumsum([0, *map(len, lists)]), pa.int32()), parts)


def page_blocks(pages: Sequence[tuple[int, Page]]) -> pa.Table:
    """Blocks of pages, each page given with its row in the documents table."""
    sizes = [len(page.blocks) for _, page in pages]
    owner = pa.array(np.repeat(np.array([document for document, _ in pages], np.int32), sizes))
    columns = _columns(BLOCK, (page.blocks for _, page in pages))
    columns |= _surroundings([page for _, page in pages], np.array(columns["element"], np.int64), sizes)
    columns |= {"document": owner, "ordinal": ordinals(owner), "mark": pa.nulls(len(owner), pa.string())}
    return pa.table([pa.array(columns[f.name], f.type) for f in BLOCKS], schema=BLOCKS)


def _columns(names: Sequence[str], parts: Iterable[Sequence[tuple[Any, ...]]]) -> dict[str, list[Any]]:
    """The rows of all parts as columns; turned part by part, since as many iterators as rows keep the collector busy."""
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for rows in parts:
        for column, values in zip(columns.values(), zip(*rows, strict=True), strict=False):
            column.extend(values)
    return columns


def _surroundings(pages: Sequence[Page], element: Numbers, sizes: Sequence[int]) -> dict[str, pa.Array]:
    """What stands above each block, from the elements of all pages in one long row."""
    counts = [len(page.elements) for page in pages]
    columns = _columns(ELEMENT, (page.elements for page in pages))
    starts = np.cumsum([0, *counts])[:-1]
    start = np.repeat(starts, sizes)
    parent = np.array([*columns["parent"], -1], np.int64)  # above what is above the body is nothing
    parent[:-1] += np.where(parent[:-1] < 0, 0, np.repeat(starts, counts))
    holder = element + start
    container = np.where(np.array(columns["is_leaf"], bool)[holder], parent[holder], holder)
    return {
        "words": _words(columns["tag"], _upwards(holder, parent, NEAREST)),
        "container": pa.array(container - start, pa.int32()),
        "enclosing": _enclosing(_upwards(parent[container], parent, LEVELS), start),
    }


def _upwards(first: Numbers, parent: Numbers, levels: int) -> list[Numbers]:
    """Elements from the first up, level by level; -1 above the body."""
    found = [first]
    while len(found) < levels:
        found.append(parent[found[-1]])
    return found


def _words(tags: Sequence[str], nearest: Sequence[Numbers]) -> pa.Array:
    """The words of the nearest elements, joined; tags that stand near no block are not read."""
    is_near = np.zeros(len(tags) + 1, bool)  # one more for what is above the body
    for level in nearest:
        is_near[level] = True
    own = pa.array([own_words(tag) if near else "" for tag, near in zip(tags, is_near.tolist(), strict=False)], pa.string())
    spaced = pc.binary_join_element_wise(pc.if_else(pc.equal(own, ""), "", " "), own, "")
    parts = [spaced.take(pa.array(level, mask=level < 0)) for level in nearest]
    return pc.utf8_ltrim(pc.binary_join_element_wise(*parts, "", null_handling="replace"), " ")


def _enclosing(levels: list[Numbers], start: Numbers) -> pa.Array:
    """A list for each block, nearest element first, numbered within its page."""
    above = np.stack(levels, axis=1)
    is_there = above >= 0
    offsets = np.cumsum([0, *is_there.sum(axis=1)], dtype=np.int32)
    return pa.ListArray.from_arrays(offsets, pa.array((above - start[:, None])[is_there].astype(np.int32)))
