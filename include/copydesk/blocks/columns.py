"""Documents and pages → the two tables, column by column over thousands of rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.attributes import own_words
from copydesk.blocks.pages import Elements, Pages
from copydesk.blocks.stretches import Numbers
from copydesk.blocks.table import BLOCKS, DOCUMENTS, array_of
from copydesk.blocks.text import ordinals
from copydesk.raw.encodings.references import plain_column

LEVELS = 6  # containers known above a block's own
BODY = "body"
NEAREST = 6  # elements whose names describe a block; the page's outer shell says the same of every block


def document_table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """The documents of `rows`, each a value for every column."""
    return pa.table([_document_column([row[field.name] for row in rows], field.type) for field in DOCUMENTS], schema=DOCUMENTS)


def _document_column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
        return _lists(values, kind.value_type)
    return array_of(values, kind)


def _lists(lists: Sequence[Sequence[tuple[Any, ...]]], kind: pa.StructType) -> pa.ListArray:
    """Lists of structs, whose values are given as tuples in the order of the fields."""
    if not any(lists):  # most texts have none
        return pa.array([[]] * len(lists), pa.list_(kind))
    columns = _columns(kind.names, lists)
    parts = pa.StructArray.from_arrays([pa.array(columns[f.name], f.type) for f in kind], fields=list(kind))
    return pa.ListArray.from_arrays(pa.array(np.cumsum([0, *map(len, lists)]), pa.int32()), parts)


def _columns(names: Sequence[str], parts: Iterable[Sequence[tuple[Any, ...]]]) -> dict[str, list[Any]]:
    """The rows of all parts as columns; turned part by part, since as many iterators as rows keep the collector busy."""
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for rows in parts:
        for column, values in zip(columns.values(), zip(*rows, strict=True), strict=False):
            column.extend(values)
    return columns


def page_blocks(documents: Sequence[int], pages: Pages) -> pa.Table:
    """Blocks of pages; `documents` are their rows in the documents table."""
    runs, elements = pages.runs, pages.elements
    owner = pa.array(np.repeat(np.array(documents, np.int32), pages.sizes))
    body = np.flatnonzero(elements.parent < 0)
    text = plain_column(runs.text)
    # What is shorter by its references has no more letters in links than letters.
    linked = runs.link_chars if text is runs.text else pc.min_element_wise(runs.link_chars, pc.utf8_length(text))
    columns = {"text": text, "link_chars": linked, "href": runs.href, "datetime": runs.datetime}
    columns |= _names(pages) | _surroundings(pages, np.repeat(body, pages.sizes))
    columns |= {"document": owner, "ordinal": ordinals(owner), "mark": pa.nulls(len(owner), pa.string())}
    return pa.table([pa.array(columns[f.name], f.type) for f in BLOCKS], schema=BLOCKS)


def _names(pages: Pages) -> dict[str, pa.Array]:
    """What each block's element is called, and those above it."""
    tags, elements = pages.tags, pages.elements
    names = [*tags.names, BODY]
    own = np.where(elements.parent < 0, len(tags.names), tags.name[elements.at])
    path, paths = _paths(elements, own, names)
    holder = pages.runs.element
    return {"tag": pa.array(names, pa.string()).take(own[holder]), "ancestors": pa.array(paths, pa.string()).take(path[holder])}


def _paths(elements: Elements, own: Numbers, names: Sequence[str]) -> tuple[Numbers, list[str]]:
    """The way from the body to each element, as a place among all different ways; told level by level."""
    parent = elements.parent
    level = np.where(elements.level < 0, elements.level[parent] + 1, elements.level)  # what holds nothing stands in its parent
    order = np.argsort(level, kind="stable")
    way, ways = np.zeros(len(own), np.int64), [names[-1]]
    edges = np.searchsorted(level[order], np.arange(1, int(level.max(initial=0)) + 2)).tolist()
    for low, high in pairwise(edges):
        at = order[low:high]
        keys, place = np.unique(way[parent[at]] * len(names) + own[at], return_inverse=True)
        way[at] = place + len(ways)
        ways += [f"{ways[key // len(names)]} {names[key % len(names)]}" for key in keys.tolist()]
    return way, ways


def _surroundings(pages: Pages, body: Numbers) -> dict[str, pa.Array]:
    """What stands above each block; elements are counted from the body of its page."""
    holder, parent = pages.runs.element, np.append(pages.elements.parent, -1)  # above what is above a body is nothing
    container = np.where(pages.elements.is_leaf[holder], parent[holder], holder)
    return {
        "words": _words(pages, _upwards(holder, parent, NEAREST)),
        "container": pa.array(container - body, pa.int32()),
        "enclosing": _enclosing(_upwards(parent[container], parent, LEVELS), body),
    }


def _upwards(first: Numbers, parent: Numbers, levels: int) -> list[Numbers]:
    """Elements from the first up, level by level; -1 above the body."""
    found = [first]
    while len(found) < levels:
        found.append(parent[found[-1]])
    return found


def _words(pages: Pages, nearest: Sequence[Numbers]) -> pa.Array:
    """The words of the nearest elements, joined. Blocks in elements that are spelled alike share theirs: lists repeat a few."""
    spelled = pc.dictionary_encode(pages.tags.column(pages.elements.at))
    code = np.append(spelled.indices.to_numpy().astype(np.int64), -1)
    levels = [code[level] for level in nearest]
    own = _own_words(spelled.dictionary, levels)
    alike = pc.dictionary_encode(pa.array(levels[-1]))
    for level in reversed(levels[:-1]):
        alike = pc.dictionary_encode(pa.array(alike.indices.to_numpy() * (len(own) + 1) + level + 1))
    kind = alike.indices.to_numpy()
    row = np.empty(len(alike.dictionary), np.int64)
    row[kind] = np.arange(len(kind))
    parts = [own.take(pa.array(level[row], mask=level[row] < 0)) for level in levels]
    joined = pc.utf8_ltrim(pc.binary_join_element_wise(*parts, "", null_handling="replace"), " ")
    return joined.take(pa.array(kind))


def _own_words(tags: pa.Array, levels: Sequence[Numbers]) -> pa.Array:
    """The words of each tag, a space before them; of those that stand near no block none, as they are not read."""
    is_near = np.zeros(len(tags) + 1, bool)  # one more for what is above the body
    for level in levels:
        is_near[level] = True
    near = np.flatnonzero(is_near[:-1])
    words = pa.array(map(own_words, tags.take(pa.array(near)).to_pylist()), pa.string())
    spaced = pc.if_else(pc.equal(words, ""), "", pc.binary_join_element_wise("", words, " "))
    place = np.full(len(tags), len(near))
    place[near] = np.arange(len(near))
    return pa.concat_arrays([spaced, pa.array([""])]).take(pa.array(place))


def _enclosing(levels: list[Numbers], body: Numbers) -> pa.Array:
    """A list for each block, nearest element first, counted from the body of its page."""
    above = np.stack(levels, axis=1)
    is_there = above >= 0
    offsets = np.append(np.int32(0), np.cumsum(is_there.sum(axis=1), dtype=np.int32))
    return pa.ListArray.from_arrays(offsets, pa.array((above - body[:, None])[is_there].astype(np.int32)))
