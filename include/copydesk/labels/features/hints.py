"""What is known of blocks from outside their own document, and what their page states of itself."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.table import one_array
from copydesk.labels.arrays import Floats
from copydesk.labels.repetition import Counts, repetition
from copydesk.labels.texts.lines import Lines

TRUSTED = ("given", "jsonld", "meta", "microdata", "head")  # whose title is believed first
STATED = frozenset({"title", "description", "body"})


class Hints(NamedTuple):
    """What is known of blocks from outside their own document."""

    repetition: Floats  # share of the group's other documents that hold the same line
    titles: pa.Array  # the title the page states, by document, or null
    descriptions: pa.Array  # the summary it states, by document, or null
    bodies: pa.Array  # the article's text as the page states it, by document, or null


Claims = list[tuple[str, str]]  # value and clue


def hints(documents: pa.Table, blocks: pa.Table, counts: Counts, lines: Lines) -> Hints:
    """What is known of each block from outside its own document's text; `lines` is what was seen of the blocks."""
    repeated = repetition(documents, blocks, counts, lines.numbers_of_blocks())
    claims = _stated(one_array(documents["claims"]))
    if not claims:
        nothing = pa.nulls(len(documents), pa.string())
        return Hints(repeated, nothing, nothing, nothing)
    return Hints(
        repetition=repeated,
        titles=pa.array([_trusted(c.get("title")) for c in claims], pa.string()),
        descriptions=pa.array([_trusted(c.get("description")) for c in claims], pa.string()),
        bodies=pa.array([_longest(c.get("body")) for c in claims], pa.string()),
    )


def _stated(claims: pa.ListArray) -> list[dict[str, Claims]]:
    """For each document what is claimed of the fields that are looked at; nothing where none claims anything."""
    flat = pc.list_flatten(claims)
    if not len(flat):
        return []
    found: list[dict[str, Claims]] = [{} for _ in range(len(claims))]
    document = pc.list_parent_indices(claims)
    kept = pc.is_in(flat.field("field"), pa.array(sorted(STATED)))
    columns = (column.filter(kept).to_pylist() for column in (document, *flat.flatten()))
    for number, field, value, clue in zip(*columns, strict=True):
        found[number].setdefault(field, []).append((value, clue))
    return found


def _longest(claims: Claims | None) -> str | None:
    """The longest value claimed: some clues give an extract."""
    return max((value for value, _ in claims or ()), key=len, default=None)


def _trusted(claims: Claims | None) -> str | None:
    """The value of the claim with the most trusted clue."""
    return min(claims, key=lambda claim: TRUSTED.index(claim[1]))[0] if claims else None
